using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Trainyard.Hosting;

/// <summary>The log on standard error: readable text on a terminal, a line of JSON each elsewhere.</summary>
internal static class Log
{
    private const string Level = "TRAINYARD_LOG_LEVEL";

    public static Logger Create(LogForm? form, IReadOnlyDictionary<string, string> environment)
    {
        var configuration = new LoggerConfiguration().MinimumLevel.Is(LevelOf(environment));
        return (
            (form ?? (Console.IsErrorRedirected ? LogForm.Json : LogForm.Text)) == LogForm.Json
                ? configuration.WriteTo.Console(
                    new CompactJsonFormatter(),
                    standardErrorFromLevel: LogEventLevel.Verbose
                )
                : configuration.WriteTo.Console(
                    outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}",
                    standardErrorFromLevel: LogEventLevel.Verbose
                )
        ).CreateLogger();
    }

    private static LogEventLevel LevelOf(IReadOnlyDictionary<string, string> environment) =>
        EnvironmentVariables.Get<LogEventLevel?>(
            environment,
            Level,
            text =>
                Enum.TryParse<LogEventLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level)
                    ? level
                    : null,
            $"one of {string.Join(", ", Enum.GetNames<LogEventLevel>().Select(name => name.ToLowerInvariant()))}"
        ) ?? LogEventLevel.Information;
}
