using System.Globalization;

namespace Trainyard.Tests.EndToEnd;

/// <summary>Thirty shoppers a day over three months and a half, of three kinds: half of them, a third and the
/// rest.</summary>
internal sealed class Shoppers(Workspace workspace) : WorkspacePipeline(workspace, "shoppers")
{
    public async Task MakeAsync()
    {
        var random = new Random(5);
        await Workspace.LoadAsync(
            "visits",
            "id integer, ts timestamptz, spend double precision, visits double precision, plan varchar, "
                + "chance double precision",
            Enumerable
                .Range(0, 30 * 106)
                .Select(row =>
                {
                    var (id, kind) = (
                        row % 30,
                        row % 30 < 15 ? 0
                        : row % 30 < 25 ? 1
                        : 2
                    );
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"{id},{new DateTime(2024, 1, 1).AddDays(row / 30):yyyy-MM-dd} 00:00:00+00,"
                            + $"{(kind * 50) + random.Next(4)},{(kind == 2 ? 30 : 10) + random.NextDouble():0.###},"
                            + $"{(kind == 1 ? "team" : "free")},{random.NextDouble():0.######}"
                    );
                })
        );
        Write();
    }

    public void Write(string clusters = "2 to 5", string gate = "{stable_at_least: 0.95}", string more = "") =>
        WriteAs(
            $"{{task: clustering, options: {{clusters: {clusters}, starts: 3}}}}",
            "silhouette",
            (more.StartsWith("gate:", StringComparison.Ordinal) ? "" : $"gate: {gate}\n") + more
        );

    /// <param name="columns">What the query returns beside its own, with the comma.</param>
    public void WriteAs(string model, string metric, string more = "", string columns = "")
    {
        Workspace.WriteFile(
            "pipelines/shoppers/pipeline.yaml",
            $$"""
            version: 1
            name: shoppers
            clock: {zone: UTC, every: day}
            rows: {sql: rows.sql, key: [id], cutoff: ts, history: 56 days}
            features: {numbers: [spend, visits], categories: [plan]}
            model: {{model[..^1]}}, split: {validation: 10 days, holdout: 14 days} }
            metric: {{metric}}
            {{more}}

            """
        );
        Workspace.WriteFile(
            "pipelines/shoppers/rows.sql",
            $"SELECT id, ts, spend, visits, plan{columns} FROM visits\n" + "WHERE ts > {{ from }} AND ts <= {{ to }}\n"
        );
    }
}
