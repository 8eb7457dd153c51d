using System.Runtime.InteropServices;

namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>Owns a booster of LightGBM's, and keeps the datasets alive to which that one points.</summary>
internal sealed class BoosterHandle() : SafeHandle(0, ownsHandle: true)
{
    private readonly List<DatasetHandle> _datasets = [];

    public override bool IsInvalid => handle == 0;

    public void Keep(DatasetHandle dataset)
    {
        var isKept = false;
        dataset.DangerousAddRef(ref isKept);
        _datasets.Add(dataset);
    }

    protected override bool ReleaseHandle()
    {
        var isFreed = NativeMethods.BoosterFree(handle) == 0;
        foreach (var dataset in _datasets)
        {
            dataset.DangerousRelease();
        }

        return isFreed;
    }
}
