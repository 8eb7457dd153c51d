using System.Globalization;
using Serilog;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Hosting;

/// <summary>What a step is given to work with.</summary>
public sealed class StepContext(
    Invocation invocation,
    RunFolder run,
    StepName step,
    Progress progress,
    Producer producer,
    ILogger log
)
{
    private readonly string _attempt = Guid.NewGuid().ToString("N")[..12];

    /// <summary>The run's place in the store.</summary>
    public RunFolder Run { get; } = run;

    /// <summary>The run as extract froze it. Extract has none until it has written it, and is told so by an
    /// exception.</summary>
    public RunFile File => FrozenFile ?? throw new InvalidOperationException("The run is not frozen yet.");

    /// <summary>The same, null until it is known.</summary>
    internal RunFile? FrozenFile { get; private set; }

    /// <summary>Who does it, for those that serve many: step and run.</summary>
    public string Title { get; } = $"trainyard {EnumText.Of(step)} {run.Run}";

    /// <summary>The pipeline's folder, or its name, as the user gave it.</summary>
    public string PipelineFolder { get; } = invocation.Settings.Require(CommonSettings.Pipeline);

    /// <summary>The as-of as the user gave it; only extract knows the clock that gives it a meaning.</summary>
    public string? AsOf { get; } = invocation.Get(CommonSettings.AsOf);

    public ILogger Log { get; } = log;

    public Progress Progress { get; } = progress;

    /// <summary>What the step has changed for others to see.</summary>
    public Changes Changes { get; } = invocation.Changes;

    public TimeProvider Time { get; } = invocation.Time;

    public Producer Producer { get; } = producer;

    /// <summary>How many threads the step may keep busy; follows the container's CPU limit.</summary>
    public int Threads { get; } = Environment.ProcessorCount;

    public T? Get<T>(Setting<T> setting) => invocation.Get(setting);

    /// <summary>Logs something a person should look at.</summary>
    public void Warn(string message) => Log.Warning("{Message:l}", message);

    /// <summary>The name of a new file in the step's folder that no other attempt can have:
    /// <c>part-00000-3f2a….csv</c>.</summary>
    public string NewName(string stem, string extension) => $"{stem}-{_attempt}.{extension}";

    /// <summary>The name of a new part of the step's dataset, or of another that it writes beside it; it says whether
    /// the part is compressed.</summary>
    public string NewPartName(int number, string dataset = "part") =>
        NewName(
            string.Create(CultureInfo.InvariantCulture, $"{dataset}-{number:00000}"),
            Get(CommonSettings.Compress) == Compression.Gzip ? "csv.gz" : "csv"
        );

    /// <summary>Starts a part of that name.</summary>
    public Task<StoreWriter> CreatePartAsync(string name, CancellationToken cancel) =>
        Run.CreatePartAsync(step, name, cancel);

    /// <summary>The name in the store of a file in the step's folder.</summary>
    public string NameOf(string file) => Run.NameOf(step, file);

    /// <summary>Sets the run, once it is known.</summary>
    public void Freeze(RunFile file) => FrozenFile = file;
}
