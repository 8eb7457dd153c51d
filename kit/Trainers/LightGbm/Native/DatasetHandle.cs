using System.Runtime.InteropServices;

namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>Owns a dataset of LightGBM's.</summary>
internal sealed class DatasetHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => NativeMethods.DatasetFree(handle) == 0;
}
