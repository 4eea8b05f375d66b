namespace Maml.Cluster.Shared.Data;

/// <summary>
/// Which classes a run learns from, and which it never sees. The classes are permuted once with <see cref="Seed"/>, then cut in
/// the order training, validation, test; so a split is the same on every machine and for always, and all splits that hold back 423
/// test classes hold back the same ones. <c>964/659</c> alone is not permuted: it is the two halves that Omniglot's authors publish,
/// whose alphabets differ, so that no alphabet of a test class is seen in training.
/// </summary>
public sealed class ClassSplit
{
    /// <summary>The seed of the permutation. Part of what a split's name means: it never changes.</summary>
    public const ulong Seed = 1623;

    private const string PublishedHalves = "964/659";

    private static readonly (string Name, int Train, int Validation, int Test)[] Known =
    [
        ("1200/423", 1200, 0, 423),
        ("1100/100/423", 1100, 100, 423),
        ("973/325/325", 973, 325, 325),
        (PublishedHalves, 964, 0, 659),
    ];

    private ClassSplit(string name, int[] train, int[] validation, int[] test)
    {
        Name = name;
        Train = Array.AsReadOnly(train);
        Validation = Array.AsReadOnly(validation);
        Test = Array.AsReadOnly(test);
    }

    /// <summary>The names that <see cref="Create"/> knows: the numbers of classes, training first and test last.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(split => split.Name)];

    /// <summary>One of <see cref="Names"/>.</summary>
    public string Name { get; }

    /// <summary>The classes to learn from, before any rotation.</summary>
    public IReadOnlyList<int> Train { get; }

    /// <summary>The classes to choose settings with; none in <c>1200/423</c> and <c>964/659</c>.</summary>
    public IReadOnlyList<int> Validation { get; }

    /// <summary>The classes to report on.</summary>
    public IReadOnlyList<int> Test { get; }

    /// <summary>The classes of held-out tasks: <see cref="Test"/>.</summary>
    public IReadOnlyList<int> EvaluationClasses => Test;

    /// <summary>Splits <paramref name="classes"/> classes, numbered from 0.</summary>
    /// <exception cref="ArgumentException">
    /// The name is none of <see cref="Names"/>, or its numbers do not add up to <paramref name="classes"/>.
    /// </exception>
    public static ClassSplit Create(string name, int classes)
    {
        var known = Array.Find(Known, split => split.Name == name);
        if (known.Name is null)
            throw new ArgumentException($"Found split '{name}', expected one of {string.Join(", ", Names)}.", nameof(name));

        int expected = known.Train + known.Validation + known.Test;
        if (classes != expected)
        {
            throw new ArgumentException(
                $"Found a data set of {classes} classes, expected {expected} for the split '{name}': read the complete data set.",
                nameof(classes));
        }

        int[] permuted = name == PublishedHalves ? [.. Enumerable.Range(0, classes)] : Shuffle.Permutation(classes, Seed);
        return new ClassSplit(
            name,
            permuted[..known.Train],
            permuted[known.Train..(known.Train + known.Validation)],
            permuted[(known.Train + known.Validation)..]);
    }
}
