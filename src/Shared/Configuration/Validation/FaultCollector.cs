using Maml.Cluster.Shared.Configuration.Settings;

namespace Maml.Cluster.Shared.Configuration.Validation;

/// <summary>
/// Gathers the faults of one configuration. A setting gets one fault at most, and rules that join several settings can ask
/// first whether those are sound: a user shall see every cause and none of its consequences.
/// </summary>
internal sealed class FaultCollector
{
    private readonly List<ConfigurationFault> _faults = [];
    private readonly HashSet<string> _unsound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    /// <summary>Everything gathered so far.</summary>
    public IReadOnlyList<ConfigurationFault> Faults => _faults;

    /// <summary>Remembers where a setting was given, for faults that are found later.</summary>
    public void Locate(string path, string place) => _places[path] = place;

    /// <summary>Adds a fault, unless the setting or its section has one.</summary>
    public void Add(string path, string message) => AddAt(_places.GetValueOrDefault(path, ""), path, message);

    /// <summary>Adds a fault of a known place, unless the setting or its section has one.</summary>
    public void AddAt(string place, string path, string message)
    {
        if (!IsSound(path)) return;
        _unsound.Add(path);
        _faults.Add(new ConfigurationFault(path, message, place));
    }

    /// <summary>Whether none of some settings, nor the section of one, has a fault.</summary>
    public bool IsSound(params ReadOnlySpan<string> paths)
    {
        foreach (string path in paths)
        {
            if (_unsound.Contains(path) || _unsound.Contains(path.Split('.')[0])) return false;
        }

        return true;
    }

    /// <summary>Adds a fault when a number is out of its range.</summary>
    public void Check(string path, Int128 value, IntegerRange range)
    {
        if (!range.Contains(value)) Add(path, $"found {value}, expected {range}");
    }

    /// <inheritdoc cref="Check(string, Int128, IntegerRange)"/>
    public void Check(string path, double value, NumberRange range)
    {
        if (!range.Contains(value)) Add(path, $"found {NumberText.Write(value)}, expected {range}");
    }

    /// <summary>Ends in an exception when there is any fault.</summary>
    /// <exception cref="ConfigurationException">There is a fault.</exception>
    public void ThrowIfAny(string source)
    {
        if (_faults.Count > 0) throw new ConfigurationException(source, _faults);
    }
}
