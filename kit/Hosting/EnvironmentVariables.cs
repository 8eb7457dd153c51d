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
}
