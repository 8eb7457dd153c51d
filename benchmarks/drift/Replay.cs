using System.Text.Json;
using Trainyard.Learning.Data;
using Trainyard.Learning.Drift;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Benchmarks.Drift;

/// <summary>Days of a real table, one after the other, beside what would have been trained on a week ago at most: the
/// features are those of one train run over all of them.</summary>
internal static class Replay
{
    private const int First = 120;
    private const int Week = 7;

    /// <param name="place">The run's folder in a store: STORE/PIPELINE/runs/RUN.</param>
    public static async Task<int> RunAsync(string place)
    {
        var cancel = CancellationToken.None;
        var (_, run, frame) = await RunRows.ReadAsync(place, cancel);
        frame = Encoder.Rounded(frame);
        var (definition, clock) = (run.Definition, run.Definition.Clock);
        var days = ClockBlocks.Of(clock, run.Window!, frame.Cutoffs.Min()).AsOfs;
        RunSeason? season = null;
        KnownBlocks? known = null;
        Encoder? encoder = null;
        for (var day = First; day < days.Count; day++)
        {
            if ((day - First) % Week == 0)
            {
                var to = clock.Ago(days[day], definition.Label?.KnownAfter ?? default);
                var window = new Window(clock.Subtract(to, definition.Rows.History), to);
                var learned = Take(frame, window);
                var keep = FrameLayout.CategoriesOf(definition.Features);
                encoder = Encoder.Fit(
                    learned,
                    [.. Enumerable.Range(0, learned.Rows)],
                    name => keep.GetValueOrDefault(name, CategorySpec.KeepByDefault)
                );
                known = RowBlocks
                    .Of(definition, window, learned)!
                    .Known(learned, encoder, Environment.ProcessorCount, cancel);
            }

            season = RunSeason.Of(known!.Moves!, new Seasons(clock), days[day]);
            var asked = Take(frame, new Window(clock.Previous(days[day]), days[day]));
            var tally = new InputTally(encoder!, [.. encoder!.Columns.Select(ProfileOf)], season);
            var inputs = tally.Compare([tally.Count(asked)]);
            var told = tally.Told(inputs)!;
            var rows = known.Rows.First(each => each.Season == new Seasons(clock).Of(days[day]));
            Console.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        as_of = days[day],
                        rows = asked.Rows,
                        comparable = rows.Blocks,
                        verdict = EnumText.Of(rows.Judge(asked.Rows, 0.65)),
                        halved = EnumText.Of(rows.Judge(asked.Rows / 2, 0.65)),
                        blocks = told.Blocks,
                        bar = told.Bar?.Beyond,
                        bar_of = $"{told.Bar?.Input}, {told.Bar?.AsOf:yyyy-MM-dd}",
                        beyond = inputs[0].Beyond,
                        alarm = told.IsAlarm,
                        moved = inputs
                            .Where(input => told.Moved.Contains(input.Column))
                            .Select(input => $"{input.Column} ({EnumText.Of(input.In!.Value)}, {input.Beyond:0.0})"),
                        first = $"{inputs[0].Column} ({(inputs[0].In is { } what ? EnumText.Of(what) : "")})",
                    }
                )
            );
        }

        return 0;
    }

    private static Frame Take(Frame frame, Window window)
    {
        int[] rows = [.. Enumerable.Range(0, frame.Rows).Where(row => window.Contains(frame.Cutoffs[row]))];
        return frame with
        {
            Rows = rows.Length,
            Columns = [.. frame.Columns.Select(column => column.Take(rows))],
            Cutoffs = [.. rows.Select(row => frame.Cutoffs[row])],
            Keys = [.. rows.Select(row => frame.Keys[row])],
            Labels = frame.Labels.Take(rows),
        };
    }

    private static ColumnProfile ProfileOf(EncodedColumn column) =>
        new()
        {
            Name = column.Name,
            Type = column.Kind == FeatureColumnKind.Number ? ColumnType.Double : ColumnType.Text,
            Count = 0,
            Nulls = 0,
            Distinct = 0,
            DistinctIsExact = true,
        };
}
