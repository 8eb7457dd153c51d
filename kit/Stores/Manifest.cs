using System.Text.Json.Nodes;
using Trainyard.Pipelines;

namespace Trainyard.Stores;

/// <summary>
/// What a step leaves when it is done. Only what a manifest names counts: it is written last, create-only, and readers
/// check the size and SHA-256 of every file it lists.
/// </summary>
public sealed record Manifest : IDocument
{
    public int Format { get; init; } = 1;
    public required string Pipeline { get; init; }
    public required string Run { get; init; }
    public required StepName Step { get; init; }
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>0, or 99 where there was nothing to do.</summary>
    public required ExitCode ExitCode { get; init; }

    /// <summary>What was done, in one sentence for a person.</summary>
    public required string Sentence { get; init; }
    public required Producer Producer { get; init; }
    public required IReadOnlyList<ManifestInput> Inputs { get; init; }
    public DatasetInfo? Dataset { get; init; }

    /// <summary>Other files of the step, such as a report.</summary>
    public IReadOnlyList<StoredFile> Files { get; init; } = [];

    /// <summary>What the dataset's columns hold; from the step features on.</summary>
    public IReadOnlyList<ColumnProfile>? Profile { get; init; }

    /// <summary>Figures of the step's own, for people and <c>--output json</c>.</summary>
    public JsonObject Details { get; init; } = [];
    public required Cost Cost { get; init; }

    /// <summary>How the name of a run's report begins, among the files of its step.</summary>
    public const string ReportStem = "report";

    /// <summary>Of the step extract: the warehouse, and the SHA-256 of the SQL as it was run. Other inputs are
    /// documents of the store.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ManifestInput QueryInput => Inputs.Single(input => input.IsWarehouse);
}

/// <summary>The program that wrote something.</summary>
public sealed record Producer
{
    public required string Version { get; init; }
    public string? Commit { get; init; }

    /// <summary>SHA-256 over the program's own assemblies.</summary>
    public required string Fingerprint { get; init; }
    public string? Image { get; init; }
}

/// <summary>Something a step read: its name or URI, and the SHA-256 of its manifest or content.</summary>
public sealed record ManifestInput(string Uri, string Sha256)
{
    /// <summary>Whether it is a warehouse, whose URIs begin as no store's does.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsWarehouse =>
        Uri.StartsWith("duckdb:", StringComparison.Ordinal) || Uri.StartsWith("postgresql:", StringComparison.Ordinal);

    /// <summary>Whether it is the manifest of a whole step.</summary>
    public bool IsManifestOf(StepName step) =>
        Uri.EndsWith($"/{EnumText.Of(step)}/{RunFolder.ManifestFile}", StringComparison.Ordinal);
}

/// <summary>A dataset: columns, and the parts that hold its rows in order.</summary>
public sealed record DatasetInfo
{
    public required IReadOnlyList<Column> Columns { get; init; }
    public required IReadOnlyList<DatasetPart> Parts { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public long Rows => Parts.Sum(part => part.Rows);

    [System.Text.Json.Serialization.JsonIgnore]
    public long Bytes => Parts.Sum(part => part.Bytes);
}

/// <summary>A part of a dataset. <paramref name="File"/> is relative to the step's folder.</summary>
public sealed record DatasetPart(string File, long Rows, long Bytes, string Sha256);

/// <summary>What a step cost. Seconds are wall time; bytes are those read from and written to store and
/// warehouse.</summary>
public sealed record Cost
{
    public required double Seconds { get; init; }
    public required double CpuSeconds { get; init; }
    public required long PeakMemoryBytes { get; init; }
    public required long BytesIn { get; init; }
    public required long BytesOut { get; init; }
}
