namespace Trainyard.Pipelines;

/// <summary>A column in which a task answers.</summary>
/// <param name="Nullable">Whether a row may have no value in it. A column that a task gets later is so: tables that
/// stand hold rows without it, and older programs go on writing them.</param>
/// <param name="FormerName">What it was called at first. For a version, tables have it under that name too, filled with
/// the same, so that older programs can publish and whatever reads it lives.</param>
public sealed record TaskColumn(string Name, ColumnType Type, bool Nullable = false, string? FormerName = null)
{
    /// <summary>Whether models of a spec answer in it; by default all do.</summary>
    public Func<ModelSpec, bool> IsAnswered { get; init; } = Always;

    private static bool Always(ModelSpec model) => true;
}
