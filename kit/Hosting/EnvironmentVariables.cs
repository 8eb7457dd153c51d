using System.Collections;
using Trainyard.Pipelines;

namespace Trainyard.Hosting;

/// <summary>The environment as programs of ours read it.</summary>
internal static class EnvironmentVariables
{
    /// <summary>
    /// All variables. From those that set something here, the white space that a file with Windows' line ends leaves
    /// at the end of a line is gone, also for the libraries that read them themselves.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Read()
    {
        var read = new Dictionary<string, string>();
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            var (name, value) = ((string)entry.Key, (string?)entry.Value ?? "");
            read[name] = VariableText.IsOurs(name) ? VariableText.Trim(name, value) : value;
            if (read[name] != value)
            {
                Environment.SetEnvironmentVariable(name, read[name]);
            }
        }

        return read;
    }

    /// <summary>A variable that no option stands for; null where it is not set, 64 where its value is none.</summary>
    /// <param name="parse">Null for what is no value.</param>
    /// <param name="expected">What is: <c>a number of seconds</c>.</param>
    public static T? Get<T>(
        IReadOnlyDictionary<string, string> environment,
        string name,
        Func<string, T?> parse,
        string expected
    ) =>
        environment.GetValueOrDefault(name) is not { Length: > 0 } text ? default
        : VariableText.QuotesIn(name, text) is { } quoted ? throw Fault.Usage(quoted)
        : parse(text) ?? throw Fault.Usage($"{name} is '{Secrets.Cut(text)}', but {expected} is expected.");
}
