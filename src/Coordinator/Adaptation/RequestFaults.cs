using Maml.Cluster.Shared.Configuration;

namespace Maml.Cluster.Coordinator.Adaptation;

/// <summary>Gathers what is wrong with a request, so that all of it is said at once.</summary>
internal sealed class RequestFaults
{
    // A thousand pictures of the wrong kind are one mistake, and a status travels in a header.
    private const int Most = 20;

    private readonly List<ConfigurationFault> _faults = [];
    private int _more;

    /// <summary>Adds a fault.</summary>
    /// <param name="path">The field.</param>
    /// <param name="message">What was found and what was expected.</param>
    public void Add(string path, string message)
    {
        if (_faults.Count < Most) _faults.Add(new ConfigurationFault(path, message, ""));
        else _more++;
    }

    /// <summary>Ends in an exception when there is any.</summary>
    /// <exception cref="ConfigurationException">There is.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count == 0) return;
        throw new ConfigurationException("The request", _more == 0 ? _faults : [.. _faults, new ConfigurationFault("support, query", $"{_more} more faults", "")]);
    }
}
