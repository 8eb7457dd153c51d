using Serilog;
using Trainyard.Pipelines;

namespace Trainyard.Hosting;

/// <summary>A command of a console program: what it is called, what can be set, and what it does.</summary>
public sealed record Command
{
    public required string Name { get; init; }

    /// <summary>What it does, in a sentence or two.</summary>
    public required string Summary { get; init; }

    /// <summary>Words after the command's name, in order.</summary>
    public IReadOnlyList<Argument> Arguments { get; init; } = [];

    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>Command lines a reader can copy.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Not listed in the help: made for other programs.</summary>
    public bool IsHidden { get; init; }

    public IReadOnlyList<Command> Commands { get; init; } = [];

    /// <summary>Null for a command that only holds others.</summary>
    public Func<Invocation, CancellationToken, Task<ExitCode>>? RunAsync { get; init; }
}

/// <summary>A word after a command's name.</summary>
/// <param name="IsList">Whether any number of words may be given, none included.</param>
public sealed record Argument(string Name, string Description, bool IsRequired = true, bool IsList = false);

/// <summary>A command that is being run.</summary>
public sealed class Invocation(
    Settings settings,
    IReadOnlyDictionary<string, IReadOnlyList<string>> arguments,
    IReadOnlyDictionary<string, string> environment,
    ILogger log,
    Changes changes
)
{
    public Settings Settings { get; } = settings;

    public IReadOnlyDictionary<string, string> Environment { get; } = environment;

    public ILogger Log { get; } = log;

    /// <summary>What it has changed: whatever ends the program afterwards says so.</summary>
    public Changes Changes { get; } = changes;

    /// <summary>Whether the same command once more does nothing twice, and says the same.</summary>
    public bool IsRepeatable { get; set; } = true;

    /// <summary>Standard output: the result, and nothing else.</summary>
    public TextWriter Output { get; } = Console.Out;

    /// <summary>Standard error: log, progress, and the last sentence of a failure.</summary>
    public TextWriter Error { get; } = Console.Error;

    /// <summary>Whether a person watches standard error.</summary>
    public bool IsWatched { get; } = !Console.IsErrorRedirected;

    /// <summary>Whether standard output goes to a file or another program.</summary>
    public bool IsOutputRedirected { get; } = Console.IsOutputRedirected;

    public TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>Told what the program has failed of, when it has said so and is about to end. It may take seconds, and
    /// may itself fail.</summary>
    public Func<Failure, CancellationToken, Task>? OnFailure { get; set; }

    public T? Get<T>(Setting<T> setting) => Settings.Get(setting);

    /// <summary>Logs something a person should look at.</summary>
    public void Warn(string message) => Log.Warning("{Message:l}", message);

    /// <summary>The word given for an argument; null where it was not given.</summary>
    public string? Argument(string name) => Arguments(name) is [var first, ..] ? first : null;

    /// <summary>The words given for an argument.</summary>
    public IReadOnlyList<string> Arguments(string name) => arguments.GetValueOrDefault(name, []);
}
