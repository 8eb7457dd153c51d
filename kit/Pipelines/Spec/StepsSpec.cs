using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>What a scheduler gives each step. It is no part of a run: the same run may be taken up with more
/// memory.</summary>
public sealed record StepsSpec
{
    [Description("The step extract.")]
    public StepSpec Extract { get; init; } = new();

    [Description("The step features.")]
    public StepSpec Features { get; init; } = new();

    [Description("The step train.")]
    public StepSpec Train { get; init; } = new();

    [Description("The step score; with shards, each of them.")]
    public StepSpec Score { get; init; } = new();

    [Description("The step measure.")]
    public StepSpec Measure { get; init; } = new();

    [Description("The step report.")]
    public StepSpec Report { get; init; } = new();

    public StepSpec Of(StepName step) =>
        step switch
        {
            StepName.Extract => Extract,
            StepName.Features => Features,
            StepName.Train => Train,
            StepName.Score => Score,
            StepName.Measure => Measure,
            _ => Report,
        };
}

/// <summary>What one step's container may have, and how its task is tried again.</summary>
public sealed record StepSpec
{
    [Description("The memory it may use, as Docker writes it: 512m, 4g. A step that wants more is stopped.")]
    [RegularExpression("[1-9][0-9]{0,5}[mg]")]
    [Example("4g")]
    public string Memory { get; init; } = "4g";

    [Description("How many processors it may keep busy.")]
    [Range(0.1, 1024.0)]
    public double Cpus { get; init; } = 2;

    [Description("How many threads it works with. Default: one for each processor.")]
    [Range(1, 1024)]
    public int? Threads { get; init; }

    [Description("The container network it joins. Default: that of the installation.")]
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")]
    [Example("warehouse")]
    public string? Network { get; init; }

    [Description(
        "The pool whose slots limit how many such tasks run at once; it must be there. Default: Airflow's own."
    )]
    [RegularExpression("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")]
    [Example("warehouse")]
    public string Pool { get; init; } = "default_pool";

    [Description("How often it is tried again after a failure that may pass.")]
    [Range(0, 100)]
    public int Retries { get; init; } = 2;

    [Description("After how long it stops itself, as --time-limit says it: 90m, 2h.")]
    [RegularExpression("[1-9][0-9]{0,4}[mh]")]
    [Example("2h")]
    public string TimeLimit { get; init; } = "2h";

    /// <summary>The threads, said or not.</summary>
    [JsonIgnore]
    public int ThreadsOrDefault => Threads ?? Math.Max(1, (int)Math.Ceiling(Cpus));
}
