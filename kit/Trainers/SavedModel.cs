using System.Text.Json;
using Trainyard.Pipelines;

namespace Trainyard.Trainers;

/// <summary>Reads what a package holds of a model.</summary>
internal static class SavedModel
{
    /// <param name="name">What it is, for the message of a fault of 78.</param>
    /// <param name="read">Throws with what is wrong, as a sentence.</param>
    public static T Read<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException)
        {
            throw Fault.BadConfiguration(
                $"{name} cannot be loaded by this version of Trainyard. {broken.Message} Score with the version that "
                    + "trained it, or train again. Nothing was changed.",
                broken
            );
        }
    }
}
