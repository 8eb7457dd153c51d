using System.Text.Json.Nodes;

namespace Trainyard.Cli;

/// <summary>
/// <c>plan.json</c>: all that a scheduler needs to know of a pipeline, so that it reads neither YAML nor SQL. Texts
/// hold
/// placeholders, which the scheduler fills in for each run: {run_id}, {as_of}, {store}, {shard}, and the fields of
/// the form.
/// </summary>
internal sealed record Plan
{
    /// <summary>Whoever reads a plan looks at this first: what a later format holds is not known.</summary>
    public const int Newest = 2;

    public int Format { get; init; } = Newest;
    public required string Pipeline { get; init; }

    /// <summary>The files outside <c>features/</c> that count for the hash.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The fingerprint of the folder that this is the plan of.</summary>
    public required string FolderHash { get; init; }

    /// <summary>The time zone of the schedules.</summary>
    public required string Zone { get; init; }
    public required PlannedRun Train { get; init; }
    public required PlannedRun Score { get; init; }

    /// <summary>Holds predictions against the labels that arrive. Null where the table has no time
    /// or the spec no label.</summary>
    public PlannedRun? Measure { get; init; }

    /// <summary>Asks whether predictions are missing, and plans can be used. Null where nothing is scheduled.</summary>
    public PlannedRun? Check { get; init; }
}

/// <summary>What is started at once: tasks, one after the other.</summary>
internal sealed record PlannedRun
{
    /// <summary>Five cron fields; null where it is only started by hand.</summary>
    public string? Schedule { get; init; }

    /// <summary>Markdown for the people who look at it.</summary>
    public required string Doc { get; init; }

    /// <summary>What a person may say when starting it by hand: a JSON Schema for each field. What is left empty is
    /// not given.</summary>
    public IReadOnlyDictionary<string, JsonObject> Form { get; init; } = new Dictionary<string, JsonObject>();

    public required IReadOnlyList<PlannedTask> Tasks { get; init; }
}

/// <summary>A container: which program, with what, and what it may have.</summary>
internal sealed record PlannedTask
{
    public required string Name { get; init; }

    /// <summary>The program whose image runs: a step, or cli.</summary>
    public required string Program { get; init; }
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Settings that are empty where the form's field is.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Whose credentials it gets, and no others: store, reader, writer.</summary>
    public required IReadOnlyList<string> Connections { get; init; }

    /// <summary>Into how many containers, side by side, it is divided; {shard} is 1/4 and so on.</summary>
    public int? Shards { get; init; }

    /// <summary>What may be new when it has ended well, as its result says: models or predictions.</summary>
    public string? Makes { get; init; }

    /// <summary>Whether it also runs where an earlier task had nothing to do.</summary>
    public bool Always { get; init; }

    /// <summary>Whether it runs at the very end, however the others have ended, and has no say in how the run
    /// has.</summary>
    public bool Teardown { get; init; }

    /// <summary>Whether its result is that of the run.</summary>
    public bool Outcome { get; init; }
    public required string Memory { get; init; }
    public required double Cpus { get; init; }
    public required int Threads { get; init; }
    public string? Network { get; init; }
    public required string Pool { get; init; }
    public required int Retries { get; init; }
    public required string TimeLimit { get; init; }
}
