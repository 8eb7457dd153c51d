using System.Collections;
using System.Text.RegularExpressions;
using Trainyard.Pipelines;
using Trainyard.Stores.S3;

namespace Trainyard.Stores;

/// <summary>Opens the store that a URI names.</summary>
public static partial class Store
{
    /// <summary>Opens a store; one in S3 as the variables of this process's environment say.</summary>
    public static IStore Open(string uri) =>
        Open(
            uri,
            Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "")
        );

    public static IStore Open(string uri, IReadOnlyDictionary<string, string> environment)
    {
        if (uri.StartsWith("s3://", StringComparison.Ordinal))
        {
            return new S3Store(S3Settings.Parse(uri, environment));
        }

        // Not quoted: an address can hold a password.
        return OtherScheme().IsMatch(uri)
            ? throw Fault.Usage(
                "The store is an address of another kind: give a folder, or s3://bucket/prefix. Nothing was changed."
            )
            : new FolderStore(uri);
    }

    /// <summary>Also with one slash, as a slip makes it.</summary>
    [GeneratedRegex(@"://|\A[A-Za-z][A-Za-z0-9+.-]*:/")]
    private static partial Regex OtherScheme();
}
