namespace Trainyard.Pipelines;

/// <summary>What may go wrong with a variable on its way from a file: <c>docker run --env-file</c> keeps quotes, and
/// the carriage return of a line that Windows ended. No value is ever repeated here, for it may be a secret.</summary>
public static class VariableText
{
    /// <summary>Whether a variable sets something in our programs or in the libraries they use.</summary>
    public static bool IsOurs(string name) =>
        name.StartsWith("TRAINYARD_", StringComparison.Ordinal)
        || name.StartsWith("AWS_", StringComparison.Ordinal)
        || name.StartsWith("PG", StringComparison.Ordinal);

    /// <summary>The value without the white space around it; of a password only without line ends, for the rest may
    /// belong to it.</summary>
    public static string Trim(string name, string value) =>
        name is "PGPASSWORD" or "AWS_SECRET_ACCESS_KEY" ? value.TrimEnd('\r', '\n') : value.Trim();

    /// <summary>What is wrong with a value that stands in quotes, or null.</summary>
    public static string? QuotesIn(string name, string value) =>
        value is ['"', .., '"'] or ['\'', .., '\'']
            ? $"{name} stands in quotes: write it without them. A shell takes them away, docker run --env-file and a "
                + "file that is named by a variable do not."
            : null;
}
