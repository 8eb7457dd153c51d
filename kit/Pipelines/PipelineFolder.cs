using System.Text.Json;

namespace Trainyard.Pipelines;

/// <summary>A pipeline as its team wrote it: the folder, the spec with its defaults, and the files that belong to the
/// definition.</summary>
public sealed class PipelineFolder
{
    public const string SpecFile = "pipeline.yaml";

    /// <summary>The library of the interface of C# features; every program that loads features brings its
    /// own.</summary>
    private const string FeaturesInterface = "Trainyard.Features.dll";

    private readonly YamlText _yaml;

    private PipelineFolder(string folder, Spec spec, YamlText yaml) => (Folder, Spec, _yaml) = (folder, spec, yaml);

    public string Folder { get; }

    public Spec Spec { get; }

    /// <summary>Loads a pipeline; 78 with every mistake in its files, a line each.</summary>
    /// <param name="folderOrName">The folder, or the name of one in <c>pipelines/</c>.</param>
    /// <param name="changes">What is to be otherwise than its spec says.</param>
    public static PipelineFolder Load(string folderOrName, params IReadOnlyList<SpecChange> changes)
    {
        var (pipeline, mistakes) = Read(folderOrName, changes);
        return mistakes.Count == 0 ? pipeline! : throw Refused(mistakes);
    }

    /// <summary>Reads a pipeline and lists the mistakes in it; null where there is no spec that could be
    /// used.</summary>
    public static (PipelineFolder? Pipeline, IReadOnlyList<Mistake> Mistakes) Read(
        string folderOrName,
        params IReadOnlyList<SpecChange> changes
    )
    {
        var folder = Find(folderOrName);
        var file = Path.Combine(folder, SpecFile);
        if (Utf8Text.TryDecode(File.ReadAllBytes(file), out var place) is not { } text)
        {
            return (null, [new Mistake(file, place!.Line, place.Column, place.What)]);
        }

        var yaml = YamlText.Parse(text, file, changes);
        if (yaml.Content is null)
        {
            return (null, yaml.Mistakes);
        }

        IReadOnlyList<Mistake> broken = [.. yaml.Mistakes, .. SchemaCheck.Check(yaml, out var content)];
        if (content is null)
        {
            return (null, broken);
        }

        var spec = SpecDefaults.Fill(content.Deserialize<Spec>(Json.Options)!);
        List<Mistake> mistakes = [.. broken, .. SpecChecks.Check(spec, folder, yaml)];
        return (broken.Count == 0 ? new PipelineFolder(folder, spec, yaml) : null, InOrder(mistakes, file));
    }

    /// <summary>The SQL of a kind of run, with its placeholders.</summary>
    public string SqlText(RunShape run) => Utf8Text.Read(SqlPath(run));

    /// <summary>The path of that SQL, for messages.</summary>
    public string SqlPath(RunShape run) => Path.Combine(Folder, run.SqlOf(Spec.Rows));

    /// <summary>The files of the definition, by the names a run and a package keep them under: the SQL, and the DLLs
    /// of C# features with what they need.</summary>
    public IReadOnlyList<(string Name, string Path)> DefinitionFiles() =>
        [
            .. new[] { Spec.Rows.Sql.Train, Spec.Rows.Sql.Score }
                .Distinct()
                .Select(sql => (sql, Path.Combine(Folder, sql))),
            .. Spec.Features.Assembly is not { } assembly
                ? []
                : Directory
                    .EnumerateFiles(Path.GetDirectoryName(Path.Combine(Folder, assembly))!, "*.dll")
                    .Where(dll => Path.GetFileName(dll) != FeaturesInterface)
                    .Order(StringComparer.Ordinal)
                    .Select(dll => (Path.GetRelativePath(Folder, dll).Replace('\\', '/'), dll)),
        ];

    /// <summary>The fingerprint of what is learned, as the folder is now.</summary>
    public string DefinitionHash() =>
        Hashes.OfDefinition(
            Spec.ToDefinition(),
            DefinitionFiles().Select(file => new DefinitionFile(file.Name, Hashes.Of(File.ReadAllBytes(file.Path))))
        );

    /// <summary>Checks the spec against the columns its query returns; 78 with every mistake.</summary>
    /// <param name="describe">Finds the columns of a query (its SQL, and its file for messages) without running
    /// it.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task CheckColumnsAsync(
        Func<string, string, CancellationToken, Task<IReadOnlyList<Column>>> describe,
        CancellationToken cancel
    )
    {
        var moment = new Window(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        var mistakes = new List<Mistake>();
        IReadOnlyList<Column>? train = null;
        foreach (var run in RunShape.All.DistinctBy(run => run.SqlOf(Spec.Rows)))
        {
            var columns = await describe(
                SqlTemplate.Fill(SqlText(run), Spec.Rows.HasTime ? moment : null),
                SqlPath(run),
                cancel
            );
            mistakes.AddRange(CheckColumns(run, columns));
            mistakes.AddRange(ColumnChecks.Differ(Spec, train ?? columns, columns, SqlPath(run)));
            train = columns;
        }

        if (mistakes.Count > 0)
        {
            throw Refused(InOrder(mistakes, Path.Combine(Folder, SpecFile)));
        }
    }

    /// <summary>What does not fit between the spec and the columns of its query.</summary>
    public IReadOnlyList<Mistake> CheckColumns(RunShape run, IReadOnlyList<Column> columns) =>
        [.. ColumnChecks.Check(Spec, run, columns, SqlPath(run), _yaml)];

    /// <summary>Mistakes as the one fault that reports them.</summary>
    public static Fault Refused(IReadOnlyList<Mistake> mistakes) =>
        Fault.Several(ExitCode.BadConfiguration, mistakes.Select(mistake => mistake.ToString()));

    /// <summary>Whether a path that a spec names stays in the pipeline's folder.</summary>
    internal static bool IsInside(string folder, string path) =>
        Path.GetFullPath(Path.Combine(folder, path))
            .StartsWith(
                Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar,
                StringComparison.Ordinal
            );

    /// <summary>In the order of the file; the spec first.</summary>
    private static List<Mistake> InOrder(IEnumerable<Mistake> mistakes, string specFile) =>
        [
            .. mistakes
                .Distinct()
                .OrderBy(mistake => mistake.File != specFile)
                .ThenBy(mistake => mistake.File, StringComparer.Ordinal)
                .ThenBy(mistake => mistake.Line)
                .ThenBy(mistake => mistake.Column),
        ];

    private static string Find(string folderOrName)
    {
        string[] places = folderOrName.Contains('/', StringComparison.Ordinal)
            ? [folderOrName]
            : [folderOrName, Path.Combine("pipelines", folderOrName)];
        return places.FirstOrDefault(place => File.Exists(Path.Combine(place, SpecFile)))
            ?? throw Fault.MissingInput(
                $"There is no pipeline in {string.Join(" or ", places)}: {SpecFile} is not "
                    + $"there.{Neighbour(folderOrName)} Nothing was changed."
            );
    }

    private static string Neighbour(string folder)
    {
        var parent = Path.GetDirectoryName(Path.GetFullPath(folder));
        return Directory.Exists(parent)
            ? Nearest.Hint(
                Path.GetFileName(folder),
                Directory
                    .EnumerateDirectories(parent)
                    .Where(other => File.Exists(Path.Combine(other, SpecFile)))
                    .Select(other => Path.GetFileName(other)!)
            )
            : "";
    }
}
