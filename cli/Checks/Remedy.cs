using System.Globalization;

namespace Trainyard.Cli;

/// <summary>The command that makes missing predictions, as it can be pasted.</summary>
internal static class Remedy
{
    /// <summary>With <c>trainyard run</c>, for as-ofs as a person gives them.</summary>
    public static string ByHand(IEnumerable<string> asOfs, string folder, string store, string warehouse) =>
        $"for as_of in {string.Join(' ', asOfs)}; do "
        + ShellText.Line([
            "trainyard",
            "run",
            folder,
            "--kind",
            "score",
            "--store",
            store,
            "--warehouse",
            warehouse,
            "--as-of",
        ])
        + " $as_of; done";

    /// <summary>
    /// With Airflow, one backfill for each gap in the schedule. Both of its ends count, and they are the moments of
    /// the schedule: a bare date would be its midnight in UTC.
    /// </summary>
    public static string ByAirflow(
        string dag,
        IReadOnlyList<ExpectedScore> expected,
        IReadOnlyList<DateTimeOffset> missing
    ) =>
        string.Join(
            " && ",
            Gaps(expected, missing)
                .Select(gap =>
                    ShellText.Line([
                        "airflow",
                        "backfill",
                        "create",
                        "--dag-id",
                        dag,
                        "--from-date",
                        Text(gap[0].Start),
                        "--to-date",
                        Text(gap[^1].Start),
                        "--max-active-runs",
                        "1",
                        // A run that failed, or ended without publishing, stands for its moment already.
                        "--reprocess-behavior",
                        "completed",
                    ])
                )
        );

    private static List<List<ExpectedScore>> Gaps(
        IReadOnlyList<ExpectedScore> expected,
        IReadOnlyList<DateTimeOffset> missing
    )
    {
        var gaps = new List<List<ExpectedScore>>();
        var isOpen = false;
        foreach (var each in expected)
        {
            var isMissing = missing.Contains(each.AsOf);
            if (isMissing && !isOpen)
            {
                gaps.Add([]);
            }

            if (isMissing)
            {
                gaps[^1].Add(each);
            }

            isOpen = isMissing;
        }

        return gaps;
    }

    private static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
