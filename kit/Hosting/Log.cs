using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Trainyard.Hosting;

/// <summary>The log on standard error: readable text on a terminal, a line of JSON each elsewhere.</summary>
internal static class Log
{
    public static Logger Create(LogForm? form, IReadOnlyDictionary<string, string> environment)
    {
        var level =
            environment.GetValueOrDefault("TRAINYARD_LOG_LEVEL") is { } text
            && Enum.TryParse<LogEventLevel>(text, ignoreCase: true, out var parsed)
                ? parsed
                : LogEventLevel.Information;
        var configuration = new LoggerConfiguration().MinimumLevel.Is(level);
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
}
