using System.Runtime.InteropServices;

namespace Trainyard.Stores;

/// <summary>
/// Gives a finished file its name in one step, unless the name is taken. <see cref="File.Move(string, string)"/> looks
/// first and renames then, which two processes can do at once; a hard link cannot be made twice.
/// </summary>
internal static partial class CreateOnly
{
    private const int Exists = 17;

    /// <summary>EPERM, EXDEV, EMLINK, ENOSYS, EOPNOTSUPP: what file systems say that have no hard links, or
    /// none here.</summary>
    private static readonly int[] Unable = [1, 18, 31, 38, 95];

    /// <summary>Whether the file system cannot do it at all.</summary>
    public static bool IsUnable(IOException problem) => Unable.Contains(problem.HResult);

    public static bool TryPublish(string finished, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return TryMoveOnWindows(finished, path);
        }

        if (Link(finished, path) == 0)
        {
            File.Delete(finished);
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == Exists
            ? false
            : throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'", error);
    }

    private static bool TryMoveOnWindows(string finished, string path)
    {
        try
        {
            File.Move(finished, path);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string existing, string created);
}
