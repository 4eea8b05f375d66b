using System.Text;

namespace Maml.Cluster.Coordinator.Telemetry;

/// <summary>Values of tags, as those who write queries expect them.</summary>
internal static class TagNames
{
    /// <summary>A name of an enumeration in small letters: <c>waiting_for_workers</c>.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (char character in name)
        {
            if (char.IsUpper(character) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }
}
