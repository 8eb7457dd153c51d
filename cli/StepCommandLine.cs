using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary>What <c>trainyard run</c> was asked for.</summary>
internal sealed record RunRequest
{
    public required string Folder { get; init; }
    public required string Store { get; init; }
    public required string Warehouse { get; init; }

    /// <summary>The as-of, with its offset.</summary>
    public required string AsOf { get; init; }

    /// <summary>Score: a model instead of the champion.</summary>
    public string? Model { get; init; }

    /// <summary>Train: promote whatever the gate says, for this reason.</summary>
    public string? Promote { get; init; }

    public int? TrialLimit { get; init; }
}

/// <summary>The steps of a run with their command lines: the very ones that Airflow uses.</summary>
internal sealed record StepCommandLine(StepName Step, IReadOnlyList<string> Arguments)
{
    /// <summary>How often a run that is held back looks whether its rows are there, as under Airflow.</summary>
    private const string LookAgain = "5m";

    /// <summary>The environment's variables that the step gets, or must not get: what may hold a password is on no
    /// command line.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    public static IReadOnlyList<StepCommandLine> Of(RunKind kind, string runId, RunRequest request)
    {
        string[] common = ["--pipeline", request.Folder, "--run-id", runId, "--store", request.Store];
        Dictionary<string, string?> warehouse = new()
        {
            [CommonSettings.Warehouse.Variable] = request.Warehouse,
            [CommonSettings.Warehouse.FileVariable!] = null,
        };
        var shape = RunShape.Of(kind);
        return [.. shape.Steps.Select(Line)];

        StepCommandLine Line(StepName step) =>
            step switch
            {
                StepName.Extract => new(
                    step,
                    [
                        .. common,
                        "--kind",
                        EnumText.Of(kind),
                        "--as-of",
                        request.AsOf,
                        .. Given("--model", shape.TakesAnyModel ? request.Model : null),
                        .. Given("--limit", request.TrialLimit?.ToString()),
                        .. Given("--look-again", shape.ReadsOneBlock ? LookAgain : null),
                    ]
                )
                {
                    Variables = warehouse,
                },
                StepName.Train => new(step, [.. common, .. Given("--promote", request.Promote)]),
                StepName.Score or StepName.Measure => new(step, common) { Variables = warehouse },
                _ => new(step, common),
            };
    }

    private static string[] Given(string option, string? value) => value is null ? [] : [option, value];
}
