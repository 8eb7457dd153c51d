using System.Collections.ObjectModel;
using Trainyard.Pipelines;

namespace Trainyard.Hosting;

/// <summary>Settings that several programs have.</summary>
public static class CommonSettings
{
    public static Setting<string> Pipeline { get; } =
        Setting.Text(
            "--pipeline",
            "The pipeline's folder, or its name where the folder is not needed.",
            "pipelines/flights",
            required: true
        );

    public static Setting<string> RunId { get; } =
        Setting.Text(
            "--run-id",
            "The run's id. The same id again resumes the run, and never does a finished step twice.",
            "train.20131230T050000Z.1",
            required: true
        );

    public static Setting<string> Store { get; } =
        Setting.Text(
            "--store",
            "Where runs and models are kept: a folder, or s3://bucket/prefix.",
            "store",
            required: true
        );

    public static Setting<string> Warehouse { get; } =
        WarehouseBut(
            "The database: postgresql://user@host/database or duckdb:FILE. What a postgresql:// leaves out "
                + "comes from the PG* variables, as in psql.",
            null,
            required: true
        );

    public static Setting<string> AsOf { get; } =
        Setting.Text(
            "--as-of",
            "The instant the run pretends to be: with an offset, or a date, which is its midnight in the "
                + "pipeline's zone.",
            "2013-12-30"
        );

    /// <summary>Of the commands that export.</summary>
    public static Setting<string> Onnx { get; } =
        Setting.Text("--onnx", "The file to write; one that stands is replaced.", "flights.onnx", required: true);

    public static Setting<TimeSpan> TimeLimit { get; } =
        Setting.Duration("--time-limit", "Stop after so long, with exit code 75.", "30m");

    /// <summary>Of the steps that write a dataset.</summary>
    public static Setting<Compression> Compress { get; } =
        Setting.Choice(
            "--compress",
            "How the parts of the dataset are kept: smaller and slower, or as they are.",
            Forms<Compression>(),
            "none"
        );

    public static Setting<OutputForm> Output { get; } =
        Setting.Choice("--output", "The form of the result on standard output.", Forms<OutputForm>(), "text");

    /// <summary>Read by whoever starts the log, before anything can fail.</summary>
    public static Setting<LogForm> Log { get; } =
        Setting.Choice(
            "--log",
            "The form of the log on standard error; by default text on a terminal and JSON elsewhere.",
            Forms<LogForm>()
        );

    /// <summary><c>--warehouse</c> for a command that says something else about it.</summary>
    public static Setting<string> WarehouseBut(
        string description,
        string? byDefault,
        bool required = false,
        Setting? unlessGiven = null
    ) =>
        new("--warehouse", description, "duckdb:warehouse.duckdb", byDefault, Setting.NotEmpty)
        {
            IsRequired = required,
            MayHoldSecret = true,
            UnlessGiven = unlessGiven,
        };

    private static ReadOnlyDictionary<string, T> Forms<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(form => EnumText.Of(form)).AsReadOnly();
}

public enum Compression
{
    None,
    Gzip,
}

public enum OutputForm
{
    Text,
    Json,
}

public enum LogForm
{
    Text,
    Json,
}
