using System.Globalization;
using System.Runtime.InteropServices;

namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>
/// LightGBM's threads meet after every split of a tree, and by default spin while they wait for each other. Where
/// others use the machine too, that multiplies the time: a fit of 20 seconds took 92 on two busy cores.
/// </summary>
internal static partial class OpenMp
{
    /// <summary>
    /// Lets waiting threads sleep, and makes no more of them than the container has processors, unless the
    /// environment says otherwise. It counts
    /// only before the native library is loaded.
    /// </summary>
    public static void Prepare(int threads)
    {
        if (OperatingSystem.IsLinux())
        {
            // .NET keeps its own copy of the environment, which native libraries do not see.
            _ = SetVariable("OMP_WAIT_POLICY", "passive", overwrite: 0);
            _ = SetVariable("OMP_NUM_THREADS", threads.ToString(CultureInfo.InvariantCulture), overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
