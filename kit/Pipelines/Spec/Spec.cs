using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Trainyard.Pipelines;

/// <summary>A pipeline as its team writes it, with every default filled in. The JSON Schema is generated from these
/// types.</summary>
public sealed record Spec
{
    [Description("The version of this format: 1.")]
    [Range(1, 1)]
    public required int Version { get; init; }

    [Description("The pipeline's name: lower case letters, digits and underscores. It names tables, folders and DAGs.")]
    [RegularExpression("[a-z][a-z0-9_]{0,39}")]
    [Example("flights")]
    public required string Name { get; init; }

    [Description("The question the pipeline answers, in a sentence.")]
    public string? About { get; init; }

    [Description("How often the pipeline predicts, and in which time zone days begin.")]
    public Clock Clock { get; init; } = new();

    [Description("The modelling table.")]
    public required RowsSpec Rows { get; init; }

    [Description("What is predicted, or of a task without a label what it is measured by, where that is known.")]
    public LabelSpec? Label { get; init; }

    [Description("What the model learns from; nothing else in the rows is learned from.")]
    public required FeaturesSpec Features { get; init; }

    [Description("How the model learns.")]
    public required ModelSpec Model { get; init; }

    [Description("The metric that decides.")]
    public required Metric Metric { get; init; }

    [Description("What a new model must reach to be promoted.")]
    public GateSpec Gate { get; init; } = new();

    [Description("What the inputs of a score run may not exceed.")]
    public InputsSpec Inputs { get; init; } = new();

    [Description("When predictions that have come true, or not, are an alarm.")]
    public MeasureSpec Measure { get; init; } = new();

    [Description("When Airflow or cron runs the pipeline.")]
    public ScheduleSpec? Schedule { get; init; }

    [Description("Where predictions go.")]
    public PredictionsSpec Predictions { get; init; } = new();

    [Description("How long things are kept.")]
    public RetentionSpec Retention { get; init; } = new();

    [Description("How many score tasks share the parts of a dataset.")]
    [Range(1, 64)]
    public int Shards { get; init; } = 1;

    [Description("What each step's container may have, and how often it is tried again.")]
    public StepsSpec Steps { get; init; } = new();

    /// <summary>What is learned: a score run takes it from the champion's package.</summary>
    public Definition ToDefinition() =>
        new()
        {
            Clock = Clock,
            Rows = Rows,
            Label = Label,
            Features = Features,
            Model = Model,
            Metric = Metric,
        };

    /// <summary>The rest: every run takes it from the folder.</summary>
    public Operations ToOperations() =>
        new()
        {
            About = About,
            Schedule = Schedule,
            Inputs = Inputs,
            Measure = Measure,
            Predictions = Predictions with { Table = PredictionNames.TableOf(Predictions, Name) },
            Gate = Gate,
            Retention = Retention,
            Shards = Shards,
        };
}

/// <summary>What is learned. It is frozen in a run and travels with the package.</summary>
public sealed record Definition
{
    public required Clock Clock { get; init; }
    public required RowsSpec Rows { get; init; }

    /// <summary>Null where rows have none.</summary>
    public LabelSpec? Label { get; init; }
    public required FeaturesSpec Features { get; init; }
    public required ModelSpec Model { get; init; }
    public required Metric Metric { get; init; }

    /// <summary>As if the spec had named a trainer that was chosen.</summary>
    public Definition LearnedBy(Trainer? trainer) =>
        trainer is null || trainer == Model.Trainer
            ? this
            : this with
            {
                Model = Model with { Trainer = trainer, Options = trainer.Options with { Seed = Model.Options.Seed } },
            };
}

/// <summary>How the pipeline is operated.</summary>
public sealed record Operations
{
    public string? About { get; init; }
    public ScheduleSpec? Schedule { get; init; }
    public required InputsSpec Inputs { get; init; }
    public MeasureSpec Measure { get; init; } = new();
    public required PredictionsSpec Predictions { get; init; }
    public required GateSpec Gate { get; init; }
    public required RetentionSpec Retention { get; init; }
    public required int Shards { get; init; }
}
