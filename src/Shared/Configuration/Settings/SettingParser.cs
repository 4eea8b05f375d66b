using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Maml.Cluster.Shared.Configuration.Settings;

/// <summary>
/// Turns YAML into nodes. YamlDotNet's own tree stops at the first duplicate name and recurses as deep as the text asks;
/// reading its events keeps every duplicate for one complete report, and bounds the depth.
/// </summary>
internal sealed class SettingParser
{
    private const int MaximumDepth = 8;

    private readonly Parser _events;
    private readonly string? _place;

    private SettingParser(string yaml, string? place)
    {
        _events = new Parser(new StringReader(yaml));
        _place = place;
    }

    /// <summary>Parses one document.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="place">What to name as the place of every node; null to name its line.</param>
    /// <returns>The root; null for a text without any content.</returns>
    /// <exception cref="SettingTextException">The text is not YAML, or uses a part of it that configurations do without.</exception>
    public static SettingNode? Parse(string yaml, string? place = null)
    {
        try
        {
            return new SettingParser(yaml, place).ParseDocument();
        }
        catch (YamlException fault)
        {
            throw new SettingTextException(new ConfigurationFault(
                "", $"is not YAML: {fault.Message}", place ?? $"line {fault.Start.Line}"));
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // YamlDotNet's scanner lets these through for a few malformed escapes and directives.
            throw new SettingTextException(new ConfigurationFault("", $"is not YAML: {fault.Message}", place ?? ""));
        }
    }

    private SettingNode? ParseDocument()
    {
        _events.Consume<StreamStart>();
        if (_events.TryConsume<StreamEnd>(out _)) return null;
        _events.Consume<DocumentStart>();
        SettingNode root = ParseNode(0);
        _events.Consume<DocumentEnd>();
        if (_events.TryConsume<DocumentStart>(out DocumentStart? second))
            throw Refuse(second, "found a second document, expected one; remove the line '---' and what follows");
        return root;
    }

    private SettingNode ParseNode(int depth)
    {
        ParsingEvent next = _events.Consume<ParsingEvent>();
        if (depth > MaximumDepth) throw Refuse(next, $"found more than {MaximumDepth} levels, expected sections of plain values");
        if (next is NodeEvent { Anchor.IsEmpty: false } or AnchorAlias)
            throw Refuse(next, "found an anchor or alias ('&' or '*'), which configurations do without; write the value itself");

        return next switch
        {
            Scalar scalar => new SettingScalar(scalar.Value, scalar.Style == ScalarStyle.Plain, PlaceOf(scalar)),
            SequenceStart => ParseList(next, depth),
            MappingStart => ParseSection(next, depth),
            _ => throw Refuse(next, "found no value"),
        };
    }

    private SettingList ParseList(ParsingEvent start, int depth)
    {
        var items = new List<SettingNode>();
        while (!_events.TryConsume<SequenceEnd>(out _)) items.Add(ParseNode(depth + 1));
        return new SettingList(items, PlaceOf(start));
    }

    private SettingSection ParseSection(ParsingEvent start, int depth)
    {
        var entries = new List<SettingEntry>();
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            if (!_events.Accept<Scalar>(out _))
                throw Refuse(_events.Current!, "found a name that is not plain text, expected 'name: value'");
            var name = (SettingScalar)ParseNode(depth + 1);
            entries.Add(new SettingEntry(name.Text, ParseNode(depth + 1), name.Place));
        }

        return new SettingSection(entries, PlaceOf(start));
    }

    private string PlaceOf(ParsingEvent at) => _place ?? $"line {at.Start.Line}";

    private SettingTextException Refuse(ParsingEvent at, string message) => new(new ConfigurationFault("", message, PlaceOf(at)));
}
