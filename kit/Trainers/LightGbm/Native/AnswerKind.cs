namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>As LightGBM numbers them.</summary>
internal enum AnswerKind
{
    /// <summary>After the link.</summary>
    Final = 0,

    /// <summary>The sum of the trees.</summary>
    Raw = 1,

    /// <summary>What each column adds to the sum of the trees.</summary>
    Contributions = 3,
}
