namespace Trainyard.Stores;

/// <summary>A file that a manifest or a card vouches for. <paramref name="File"/> is relative to the folder it stands
/// in.</summary>
public sealed record StoredFile(string File, long Bytes, string Sha256);

/// <summary>How a file is found among those of a manifest or a card.</summary>
public static class StoredFiles
{
    /// <summary>The file that a stem names, such as <c>model</c>; between it and the extension stands the attempt that
    /// wrote it. Null where there is none.</summary>
    public static StoredFile? Of(this IReadOnlyList<StoredFile> files, string stem) =>
        files.FirstOrDefault(file => file.File.StartsWith($"{stem}-", StringComparison.Ordinal));

    /// <summary>The file of that very name; null where there is none.</summary>
    public static StoredFile? Named(this IReadOnlyList<StoredFile> files, string name) =>
        files.FirstOrDefault(file => file.File == name);
}
