using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary>Turns a pipeline's folder into its plan.</summary>
internal static class Planning
{
    /// <summary>Where images hold their pipelines.</summary>
    private const string ImagesFolder = "/pipelines";

    public static Plan Of(PipelineFolder pipeline)
    {
        var spec = pipeline.Spec;
        var hash = FolderHash.Of(pipeline);
        return new Plan
        {
            Pipeline = spec.Name,
            Sources = FolderHash.NamedBy(spec),
            FolderHash = hash,
            Zone = spec.Clock.Zone,
            Train = Run(spec, RunKind.Train, hash),
            Score = Run(spec, RunKind.Score, hash),
            Measure = RunShape.Of(RunKind.Measure).WhyNone(spec.ToDefinition()) is null
                ? Run(spec, RunKind.Measure, hash)
                : null,
            Check = spec.Schedule is { Train: not null } or { Score: not null } ? Check(spec, spec.Schedule) : null,
        };
    }

    private static PlannedRun Run(Spec spec, RunKind kind, string hash)
    {
        var shape = RunShape.Of(kind);
        return new PlannedRun
        {
            Schedule = spec.Schedule?.Of(kind),
            Doc = PlanDocs.Of(spec, kind),
            Form = FormFields.Of(shape),
            Tasks =
            [
                .. shape.Steps.SelectMany(step =>
                    step switch
                    {
                        StepName.Extract => [Extract(spec, shape, hash)],
                        StepName.Train => [Train(spec, shape)],
                        StepName.Score => Score(spec, shape),
                        StepName.Measure => [Measure(spec)],
                        StepName.Report => [Report(spec)],
                        _ => new[] { Step(spec, step) },
                    }
                ),
                Record(spec),
            ],
        };
    }

    private static PlannedTask Extract(Spec spec, RunShape shape, string hash)
    {
        var step = Step(spec, StepName.Extract);
        return step with
        {
            // It is the one step that needs the folder.
            Arguments =
            [
                "--pipeline",
                FolderOf(spec),
                .. step.Arguments.Skip(2),
                "--kind",
                EnumText.Of(shape.Kind),
                "--as-of",
                "{as_of}",
                .. shape.NeedsModel ? Array.Empty<string>() : ["--folder-hash", hash],
            ],
            Variables = shape.TakesAnyModel ? FormFields.Variables("model", "limit") : FormFields.Variables("limit"),
            Connections = ["store", "reader"],
        };
    }

    private static PlannedTask Train(Spec spec, RunShape shape) =>
        Step(spec, StepName.Train) with
        {
            Variables = new Dictionary<string, string>(FormFields.Variables("promote"))
            {
                ["TRAINYARD_OUTPUT"] = "json",
            },
            Makes = shape.Makes,
        };

    private static PlannedTask[] Score(Spec spec, RunShape shape)
    {
        var score = Step(spec, StepName.Score);
        var publishing = score with
        {
            Connections = ["store", "writer"],
            Variables = new Dictionary<string, string> { ["TRAINYARD_OUTPUT"] = "json" },
            Makes = shape.Makes,
        };
        return spec.Shards == 1
            ? [publishing]
            :
            [
                score with
                {
                    Arguments = [.. score.Arguments, "--shard", "{shard}"],
                    Shards = spec.Shards,
                },
                publishing with
                {
                    Name = "publish",
                    Arguments = [.. score.Arguments, "--publish", $"{spec.Shards}"],
                },
            ];
    }

    private static PlannedTask Measure(Spec spec) =>
        Step(spec, StepName.Measure) with
        {
            Connections = ["store", "writer"],
        };

    private static PlannedTask Report(Spec spec) =>
        Step(spec, StepName.Report) with
        {
            Variables = new Dictionary<string, string> { ["TRAINYARD_OUTPUT"] = "json" },
            Always = true,
            Outcome = true,
        };

    /// <summary>Alone of those after it, it may write into the warehouse: what became of the run, also where a step has
    /// failed.</summary>
    private static PlannedTask Record(Spec spec) =>
        Step(spec, StepName.Report) with
        {
            Name = "record",
            Program = "cli",
            Arguments = ["record", spec.Name, "{run_id}", "--store", "{store}"],
            Connections = ["store", "writer"],
            Teardown = true,
        };

    /// <summary>
    /// Runs at the time by which predictions are expected; without one when the next score run starts, for then those
    /// of the run before are due. Where no score run is scheduled there is nothing to expect, and only the plans are
    /// looked at, which is the scheduler's own business.
    /// </summary>
    private static PlannedRun Check(Spec spec, ScheduleSpec schedule) =>
        new()
        {
            Schedule = schedule is { Score: not null, ExpectedBy: { } time }
                ? $"{int.Parse(time.AsSpan(3))} {int.Parse(time.AsSpan(0, 2))} * * *"
                : schedule.Score ?? schedule.Train,
            Doc = PlanDocs.OfChecking(spec),
            Tasks = schedule.Score is null ? [] : [Check(spec)],
        };

    private static PlannedTask Check(Spec spec) =>
        Step(spec, StepName.Report) with
        {
            Name = "check",
            Program = "cli",
            Arguments = ["check", FolderOf(spec), "--store", "{store}", "--dag", $"{spec.Name}_score"],
            Connections = ["store", "writer"],
        };

    private static PlannedTask Step(Spec spec, StepName step)
    {
        var (name, given) = (EnumText.Of(step), spec.Steps.Of(step));
        return new PlannedTask
        {
            Name = name,
            Program = name,
            Arguments =
            [
                "--pipeline",
                spec.Name,
                "--run-id",
                "{run_id}",
                "--store",
                "{store}",
                "--time-limit",
                given.TimeLimit,
            ],
            Connections = ["store"],
            Memory = given.Memory,
            Cpus = given.Cpus,
            Threads = given.ThreadsOrDefault,
            Network = given.Network,
            Pool = given.Pool,
            Retries = given.Retries,
            TimeLimit = given.TimeLimit,
        };
    }

    private static string FolderOf(Spec spec) => $"{ImagesFolder}/{spec.Name}";
}
