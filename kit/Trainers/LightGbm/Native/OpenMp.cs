using System.Globalization;
using System.Runtime.InteropServices;
using Trainyard.Learning.Training;

namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>
/// LightGBM's threads meet after every split of a tree, and by default spin for long while they wait for each other.
/// Where others use the machine too, that multiplies the time: a fit of 20 seconds took 92 on two busy cores. Where
/// nobody else does, threads that sleep at once take a tenth longer than those that spin for a moment.
/// </summary>
internal static partial class OpenMp
{
    /// <summary>Turns of a waiting loop, some ten microseconds: a wake-up takes longer than that.</summary>
    private const string Spins = "2000";

    /// <summary>Numbers that a thread must have to itself to be worth waiting for: measured on two cores, fits of fewer
    /// are no faster with two threads where nobody else is at work, and 4 to 25 times slower where somebody
    /// is.</summary>
    private const int LeastNumbers = 500_000;

    /// <summary>
    /// Lets threads that wait sleep after a moment, and makes no more of them than the container has processors,
    /// unless the environment says otherwise. It counts only before the native library is loaded.
    /// </summary>
    public static void Prepare(int threads)
    {
        if (OperatingSystem.IsLinux())
        {
            // .NET keeps its own copy of the environment, which native libraries do not see.
            if (Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is null)
            {
                _ = SetVariable("GOMP_SPINCOUNT", Spins, overwrite: 0);
            }

            _ = SetVariable("OMP_NUM_THREADS", threads.ToString(CultureInfo.InvariantCulture), overwrite: 0);
        }
    }

    /// <summary>How many threads fit the rows of a lesson; what is learned does not depend on it.</summary>
    public static int ThreadsOf(Lesson lesson) =>
        (int)Math.Clamp((long)lesson.Learned.Length * lesson.Rows.Columns.Count / LeastNumbers, 1, lesson.Threads);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
