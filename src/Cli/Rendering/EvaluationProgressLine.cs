using System.Globalization;
using Maml.Cluster.Cli.CommandLine;

namespace Maml.Cluster.Cli.Rendering;

/// <summary>One line on standard error that counts tasks; nothing when nobody watches.</summary>
internal sealed class EvaluationProgressLine(Terminal terminal)
{
    private int _width;

    public void Show(uint done, uint total)
    {
        if (!terminal.IsInteractive) return;
        string text = string.Create(CultureInfo.InvariantCulture, $"{done}/{total} tasks");
        terminal.Error.Write($"\r{text.PadRight(_width)}");
        _width = text.Length;
    }

    /// <summary>Leaves the line as if it had never been.</summary>
    public void Clear()
    {
        if (_width > 0) terminal.Error.Write($"\r{new string(' ', _width)}\r");
    }
}
