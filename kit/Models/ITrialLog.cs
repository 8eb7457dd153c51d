using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Models;

/// <summary>Keeps what trials have come to, so that a training that was stopped goes on where it was. A trial is a
/// function of the rows and the definition, so that names it.</summary>
public interface ITrialLog
{
    /// <param name="learned">With the options of the trial, and without a search.</param>
    /// <returns>Null where it was not tried yet.</returns>
    TrialResult? Find(Definition learned);

    /// <summary>Keeps what a trial has come to.</summary>
    /// <returns>What is kept: another's, who was faster.</returns>
    TrialResult Keep(Definition learned, TrialResult result);
}
