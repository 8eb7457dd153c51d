using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Trainyard.Pipelines;

namespace Trainyard.Hosting;

/// <summary>
/// In a container with a memory limit the kernel kills whoever goes beyond it, without a word. The runtime keeps its
/// own objects below three
/// quarters of the limit, but nobody limits what native libraries take. So a thread looks at the container's memory
/// and, before the kernel
/// acts, says why the program ends.
/// </summary>
internal sealed partial class MemoryGuard
{
    /// <summary>Where a container sees its own limit: cgroups version 2, then 1. Elsewhere there are no such
    /// files.</summary>
    private static readonly (string Limit, string Usage, string Details)[] Places =
    [
        ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current", "/sys/fs/cgroup/memory.stat"),
        (
            "/sys/fs/cgroup/memory/memory.limit_in_bytes",
            "/sys/fs/cgroup/memory/memory.usage_in_bytes",
            "/sys/fs/cgroup/memory/memory.stat"
        ),
    ];

    private readonly long _limit;
    private readonly long _margin;
    private readonly SafeFileHandle _usage;
    private readonly SafeFileHandle _details;
    private readonly Stream _error;
    private readonly byte[] _sentence;

    private MemoryGuard(long limit, string usage, string details, Stream error)
    {
        _error = error;
        (_limit, _margin) = (limit, Math.Clamp(limit / 20, 6L << 20, 64L << 20));
        (_usage, _details) = (File.OpenHandle(usage), File.OpenHandle(details));
        _sentence = Encoding.UTF8.GetBytes(
            $"{SentenceFor($"The {limit >> 20} MiB of memory that this container may have")}\n"
        );
    }

    /// <summary>One sentence for all that memory runs out in.</summary>
    public static string SentenceFor(string what) =>
        $"{what} are used up: give the step more (docker run --memory, or steps.NAME.memory in pipeline.yaml), "
        + "or less to do (a shorter history). Nothing half done can be seen; the same command takes up the run "
        + "again.";

    /// <summary>Starts to watch, where there is a limit.</summary>
    /// <param name="error">Where it says so.</param>
    public static void Start(Stream error)
    {
        foreach (var (limitFile, usage, details) in Places)
        {
            if (
                File.Exists(limitFile)
                && long.TryParse(File.ReadAllText(limitFile), out var limit)
                && limit < long.MaxValue / 2
            )
            {
                new Thread(new MemoryGuard(limit, usage, details, error).Watch)
                {
                    IsBackground = true,
                    Name = "memory guard",
                }.Start();
                return;
            }
        }
    }

    /// <summary>Allocates nothing: there may be nothing left to allocate.</summary>
    private void Watch()
    {
        Span<byte> text = stackalloc byte[8192];
        while (true)
        {
            var free = _limit - Number(text[..RandomAccess.Read(_usage, text, 0)]);
            if (free <= _margin)
            {
                // Cached files are given up before anyone is killed.
                var details = text[..RandomAccess.Read(_details, text, 0)];
                free += Detail(details, "\nactive_file "u8) + Detail(details, "\ninactive_file "u8);
            }

            if (free <= _margin)
            {
                _error.Write(_sentence);
                Exit((int)ExitCode.BadConfiguration);
            }

            Thread.Sleep(free > _limit / 4 ? 40 : 4);
        }
    }

    private static long Detail(ReadOnlySpan<byte> details, ReadOnlySpan<byte> name) =>
        details.IndexOf(name) is >= 0 and var at ? Number(details[(at + name.Length)..]) : 0;

    private static long Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out long number, out _) ? number : 0;

    /// <summary>At once: whatever runs meanwhile takes more memory.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void Exit(int code);
}
