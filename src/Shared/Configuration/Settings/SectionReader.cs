using System.Globalization;
using Maml.Cluster.Shared.Configuration.Validation;

namespace Maml.Cluster.Shared.Configuration.Settings;

/// <summary>
/// Reads the values of one section. A value that cannot be read is reported and a stand-in returned, so that reading goes on
/// to the next one; the stand-in is never used, for the report ends in an exception.
/// </summary>
internal sealed class SectionReader(SettingSection section, string path, FaultCollector faults)
{
    private delegate bool TryRead<T>(SettingScalar scalar, out T value);

    /// <summary>A section within this one; an empty one when it is absent, so that every setting of it takes its default.</summary>
    public SectionReader Section(string name)
    {
        string sectionPath = SettingPaths.Join(path, name);
        var absent = new SettingSection([], "");
        switch (section.Find(name))
        {
            case SettingSection found:
                return new SectionReader(found, sectionPath, faults);
            case null or SettingScalar { IsNull: true }:
                break;
            case { } other:
                faults.AddAt(other.Place, sectionPath, $"found {other.Describe()}, expected a section with {string.Join(", ", SettingPaths.NamesIn(sectionPath))}");
                break;
        }

        return new SectionReader(absent, sectionPath, faults);
    }

    /// <summary>Free text.</summary>
    public string Text(string name, string expected, string fallback) =>
        Read(name, expected, fallback, static (SettingScalar scalar, out string? value) => (value = scalar.Text).Length > 0) ?? fallback;

    /// <summary>A whole number; required when there is no default.</summary>
    public long Integer(string name, IntegerRange range, long? fallback) =>
        Read(name, range.ToString(), fallback, (SettingScalar scalar, out long? value) => (value = ToInteger(scalar, range)) is not null) ?? range.Minimum;

    /// <inheritdoc cref="Integer"/>
    public int Int32(string name, IntegerRange range, int? fallback) => (int)Integer(name, range, fallback);

    /// <summary>An unsigned whole number of 64 bits.</summary>
    public ulong Unsigned(string name, ulong fallback) =>
        Read<ulong?>(name, $"a whole number from 0 to {ulong.MaxValue}", fallback, static (SettingScalar scalar, out ulong? value) =>
        {
            bool isRead = ulong.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && scalar.IsPlain;
            value = number;
            return isRead;
        }) ?? fallback;

    /// <summary>A real number.</summary>
    public double Number(string name, NumberRange range, double fallback) =>
        Read<double?>(name, range.ToString(), fallback, (SettingScalar scalar, out double? value) =>
        {
            bool isRead = NumberText.TryRead(scalar.Text, out double number) && scalar.IsPlain && range.Contains(number);
            value = number;
            return isRead;
        }) ?? fallback;

    /// <summary>A member of an enumeration; required when there is no default.</summary>
    public T Word<T>(string name, WordList<T> words, T? fallback)
        where T : struct, Enum =>
        Read(name, words.Expectation, fallback, (SettingScalar scalar, out T? value) =>
        {
            bool isRead = words.TryParse(scalar.Text, out T member);
            value = member;
            return isRead;
        }, words.Suggest) ?? default;

    /// <summary>A list of whole numbers; each is checked against the range.</summary>
    public IReadOnlyList<int> Integers(string name, IntegerRange count, IntegerRange range, IReadOnlyList<int> fallback)
    {
        string listPath = SettingPaths.Join(path, name);
        SettingNode? node = section.Find(name);
        if (node is null) return fallback;
        faults.Locate(listPath, node.Place);
        string expected = $"a list of {count.Minimum} to {count.Maximum} numbers such as [40, 40], each {range}";
        if (node is not SettingList list)
        {
            faults.Add(listPath, $"found {node.Describe()}, expected {expected}");
            return fallback;
        }

        long?[] values = [.. list.Items.Select(item => item is SettingScalar scalar ? ToInteger(scalar, range) : null)];
        int wrong = Array.IndexOf(values, null);
        if (wrong >= 0) faults.Add(listPath, $"found {list.Items[wrong].Describe()} at position {wrong + 1}, expected {expected}");
        return wrong >= 0 ? fallback : [.. values.Select(value => (int)value!.Value)];
    }

    private static long? ToInteger(SettingScalar scalar, IntegerRange range) =>
        scalar.IsPlain && long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && range.Contains(number)
            ? number
            : null;

    private T? Read<T>(string name, string expected, T? fallback, TryRead<T?> tryRead, Func<string, string>? suggest = null)
    {
        string valuePath = SettingPaths.Join(path, name);
        SettingNode? node = section.Find(name);
        if (node is not null) faults.Locate(valuePath, node.Place);
        switch (node)
        {
            case null when fallback is not null:
                return fallback;
            case null:
                faults.Add(valuePath, $"is missing, expected {expected}; add it");
                break;
            case SettingScalar { IsNull: true }:
                faults.Add(valuePath, $"found no value, expected {expected}");
                break;
            case SettingScalar scalar when tryRead(scalar, out T? value):
                return value;
            case SettingScalar scalar:
                faults.Add(valuePath, $"found {scalar.Describe()}, expected {expected}{suggest?.Invoke(scalar.Text)}");
                break;
            default:
                faults.Add(valuePath, $"found {node.Describe()}, expected {expected}");
                break;
        }

        return fallback;
    }
}
