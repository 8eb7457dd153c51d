using Trainyard.Pipelines;

namespace Trainyard.Steps.Report.Charts;

/// <summary>The parts of a split by the names that page, style and script share.</summary>
internal static class Parts
{
    public static string Name(SplitPart part) => EnumText.Of(part);
}
