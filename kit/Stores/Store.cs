using Trainyard.Pipelines;

namespace Trainyard.Stores;

/// <summary>Opens the store that a URI names.</summary>
public static class Store
{
    public static IStore Open(string uri)
    {
        if (uri.StartsWith("s3://", StringComparison.Ordinal))
        {
            throw Fault.BadConfiguration($"The store '{uri}' cannot be used: this version keeps its store in a folder.");
        }

        return uri.Contains("://", StringComparison.Ordinal)
            ? throw Fault.Usage($"'{uri}' is not a store: give a folder.")
            : new FolderStore(uri);
    }
}
