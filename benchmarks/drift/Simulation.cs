using System.Text.Json;
using Trainyard.Learning.Drift;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Benchmarks.Drift;

/// <summary>A cell of the table: runs, each with training blocks of its own, and one day beside them.</summary>
internal static class Simulation
{
    /// <summary>The fewest with which ours alarms at all.</summary>
    private const int Blocks = 99;

    public static int Run(int rows, int levels, string plant, int runs)
    {
        var said = new Said[runs];
        Parallel.For(0, runs, run => said[run] = Once(new Random((run * 7919) + rows + levels), rows, levels, plant));
        Console.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    rows,
                    levels,
                    plant,
                    runs,
                    blocks = Blocks,
                    trainyard = said.Count(each => each.Trainyard),
                    psi = said.Count(each => each.Psi),
                    ks = said.Count(each => each.Ks),
                    evidently_column = said.Count(each => each.EvidentlyColumn),
                    evidently_dataset = said.Count(each => each.EvidentlyDataset),
                }
            )
        );
        return 0;
    }

    private static Said Once(Random random, int rows, int levels, string plant)
    {
        var world = new World(random, rows, levels);
        long[][][] days = [.. Enumerable.Range(0, Blocks).Select(world.Day)];

        // Any day of the week may be the one.
        var number = Blocks + random.Next(7);
        var day = world.Day(number);
        Plants.Plant(plant, world, day);
        SimulatedInput[] inputs =
        [
            .. world
                .Inputs.Index()
                .Select(input => new SimulatedInput(input.Item, [.. days.Select(d => d[input.Index])])),
        ];
        var seasons = new Seasons(new Clock());
        DateTimeOffset[] asOfs =
        [
            .. Enumerable.Range(0, number + 1).Select(d => new DateTimeOffset(2024, 1, 1, 0, 0, 0, default).AddDays(d)),
        ];
        var known = MovesHistory.Of(
            seasons,
            asOfs[..Blocks],
            [.. days.Select(each => each[0].Sum())],
            [.. asOfs[..Blocks].Select(seasons.Of)],
            inputs,
            1,
            CancellationToken.None
        );
        var season = RunSeason.Of(known, seasons, asOfs[number]);
        bool[] moved =
        [
            .. inputs.Select(
                (input, i) =>
                {
                    var (bins, unseen) = input.Of(day[i]);
                    return InputMoves
                            .Of(known.Inputs[i], new InputCount(input.Name, bins, unseen, 0), season.Place)
                            .Beyond > known.Bar?.Beyond;
                }
            ),
        ];
        long[][] all = [.. inputs.Select((_, i) => Sum(days.Select(each => each[i])))];
        bool[] drifted =
        [
            .. inputs.Select(
                (_, i) => Rivals.Evidently(world.Inputs[i].IsNumber, day[i].AsSpan(..^1), all[i].AsSpan(..^1))
            ),
        ];
        return new Said(
            known.CanAlarm && moved.Any(each => each),
            inputs.Where((input, i) => Rivals.PsiAboveQuarter(input.Of(day[i]).Bins, input.Of(all[i]).Bins)).Any(),
            inputs
                .Where(
                    (_, i) =>
                        world.Inputs[i].IsNumber && Rivals.KolmogorovSmirnov(day[i].AsSpan(..^2), all[i].AsSpan(..^2))
                )
                .Any(),
            drifted.Any(each => each),
            drifted.Count(each => each) * 2 >= drifted.Length
        );
    }

    private static long[] Sum(IEnumerable<long[]> days) =>
        days.Aggregate((sum, day) => [.. sum.Zip(day, (a, b) => a + b)]);

    /// <summary>Who has raised an alarm.</summary>
    private sealed record Said(bool Trainyard, bool Psi, bool Ks, bool EvidentlyColumn, bool EvidentlyDataset);
}
