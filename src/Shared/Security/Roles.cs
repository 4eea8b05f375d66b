namespace Maml.Cluster.Shared.Security;

/// <summary>Roles as token files, certificates and messages spell them.</summary>
public static class Roles
{
    /// <summary>All words, for messages that say what was expected.</summary>
    public const string Expectation = "worker, operator or viewer";

    /// <summary>The word of a role.</summary>
    public static string ToWord(Role role) => role switch
    {
        Role.Worker => "worker",
        Role.Operator => "operator",
        Role.Viewer => "viewer",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There is no such role."),
    };

    /// <summary>The role of a word; false when there is none. Case counts, so that a file says the same to every reader.</summary>
    public static bool TryParse(string word, out Role role)
    {
        foreach (Role candidate in Enum.GetValues<Role>())
        {
            if (ToWord(candidate) != word) continue;
            role = candidate;
            return true;
        }

        role = default;
        return false;
    }
}
