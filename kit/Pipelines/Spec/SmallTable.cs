namespace Trainyard.Pipelines;

/// <summary>A table on which more is fitted, and less left to chance, because it costs little.</summary>
public static class SmallTable
{
    /// <summary>Fewer rows than these being learned.</summary>
    public const int Rows = 5000;
}
