using System.Runtime.InteropServices;

namespace Trainyard.Hosting;

/// <summary>
/// Standard output and error as a program may find them: closed, cut off, on a full disk. The work does not end for
/// that: what cannot be written is lost, and <see cref="Output"/> knows that it was.
/// </summary>
internal sealed partial class StandardStreams
{
    private const int GetFlags = 1;
    private const int ClosedOnExec = 1;

    private StandardStreams(LossyStream output, LossyStream error) => (Output, Error) = (output, error);

    public LossyStream Output { get; }

    public LossyStream Error { get; }

    /// <summary>Takes the place of the console's own writers.</summary>
    public static StandardStreams Open()
    {
        var streams = new StandardStreams(
            new LossyStream(IsOpen(1) ? Console.OpenStandardOutput() : null),
            new LossyStream(IsOpen(2) ? Console.OpenStandardError() : null)
        );
        Console.SetOut(new StreamWriter(streams.Output, Console.OutputEncoding) { AutoFlush = true });
        Console.SetError(new StreamWriter(streams.Error, Console.OutputEncoding) { AutoFlush = true });
        return streams;
    }

    /// <summary>Whether the program was given the stream. Where it was not, the runtime has by now given its number to
    /// a pipe of its own, which no inherited stream could look like: it is closed on exec.</summary>
    private static bool IsOpen(int number) =>
        OperatingSystem.IsWindows()
        || (Control(number, GetFlags, 0) is >= 0 and var flags && (flags & ClosedOnExec) == 0);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int file, int command, int argument);
}
