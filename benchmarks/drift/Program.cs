using Trainyard.Benchmarks.Drift;

// Called by drift.py, which says what it is for; prints a line of JSON for each cell or day.
return args switch
{
    ["simulate", var rows, var levels, var plant, var runs] => Simulation.Run(
        int.Parse(rows, null),
        int.Parse(levels, null),
        plant,
        int.Parse(runs, null)
    ),
    ["replay", var run] => await Replay.RunAsync(run),
    _ => 64,
};
