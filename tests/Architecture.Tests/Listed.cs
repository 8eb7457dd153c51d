using System.Reflection;
using System.Text.RegularExpressions;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Architecture;

/// <summary>A task, a trainer or a metric, by the name it has in code and the one it has in a spec.</summary>
internal sealed partial record Listed(string List, string Identifier, string Name)
{
    /// <summary>Where the declarations stand, which may speak of each other.</summary>
    private static readonly string[] Declarations =
    [
        "kit/Pipelines/Tasks/",
        "kit/Pipelines/Trainers/",
        "kit/Pipelines/Metrics/",
    ];

    /// <summary>The lists of what carries them out: a line for each.</summary>
    private static readonly string[] Lists =
    [
        "kit/Learning/Tasks/LearningTasks.cs",
        "kit/Learning/Metrics/Measures.cs",
        "kit/Trainers/TrainerList.cs",
    ];

    /// <summary>Every one, taken from the lists themselves.</summary>
    public static IReadOnlyList<Listed> All { get; } = [.. Of<ModelTask>(), .. Of<Trainer>(), .. Of<Metric>()];

    /// <summary>What in a file names one that it is not the home of, a sentence each.</summary>
    /// <param name="path">Relative to the repository, with slashes.</param>
    public static IEnumerable<string> Violations(string path, string source)
    {
        if (Declarations.Concat(Lists).Any(part => path.StartsWith(part, StringComparison.Ordinal)))
        {
            yield break;
        }

        foreach (var (number, line) in source.Split('\n').Index())
        {
            foreach (var one in All.Where(one => !one.IsHome(path) && one.IsNamed(path, line)))
            {
                yield return $"{path}, line {number + 1} names {one.List} {one.Name}: that is known in its own folder "
                    + "alone (docs/extending.md).";
            }
        }
    }

    /// <summary>Whether the file is the one of its name, or in the folder of its name.</summary>
    private bool IsHome(string path) =>
        path.StartsWith("kit/", StringComparison.Ordinal)
        && path.Split('/').Any(part => part == Identifier || part == $"{Identifier}.cs");

    private bool IsNamed(string path, string line)
    {
        var code = Markup().Replace(Comment().Replace(line, ""), "");
        var words = Text().Replace(code, "\"\"");
        var qualified = Regex.IsMatch(words, $@"\b{List}\.{Identifier}\b");

        // The library behind a trainer has words of its own for what it learns.
        return path.StartsWith("kit/Trainers/", StringComparison.Ordinal)
            ? qualified
            : qualified
                || code.Contains($"\"{Name}\"", StringComparison.Ordinal)
                || Regex.IsMatch(words, $@"(?<![.\w])(Is|For)?{Identifier}(Task|Trainer|Metric|Options|Only)?\b");
    }

    private static IEnumerable<Listed> Of<T>()
        where T : class, IListed<T> =>
        T.All.Select(item => new Listed(
            typeof(T).Name,
            typeof(T)
                .GetProperties(BindingFlags.Public | BindingFlags.Static)
                .Single(property => property.PropertyType == typeof(T) && property.GetValue(null) == item)
                .Name,
            item.Name
        ));

    [GeneratedRegex(@"^\s*//.*|\s//\s.*")]
    private static partial Regex Comment();

    /// <summary>An attribute of HTML, which is a word of the page's own.</summary>
    [GeneratedRegex("""\s(id|class|aria-[a-z]+)="[^"@]*"(?=[\s/>])""")]
    private static partial Regex Markup();

    [GeneratedRegex("\"([^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Text();
}
