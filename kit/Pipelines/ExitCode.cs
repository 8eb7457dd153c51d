namespace Trainyard.Pipelines;

/// <summary>How a program ends. The numbers are those of sysexits.h, so that cron, Airflow and a shell can tell what
/// to do next.</summary>
public enum ExitCode
{
    Done = 0,

    /// <summary>A wrong command line.</summary>
    Usage = 64,

    /// <summary>The data break a contract; the same data will break it again.</summary>
    BadData = 65,

    /// <summary>Something that must be there is not: a run, a file, a model.</summary>
    MissingInput = 66,

    /// <summary>A service does not answer. Worth a retry.</summary>
    Unavailable = 69,

    /// <summary>A bug in Trainyard.</summary>
    Bug = 70,

    /// <summary>Worth a retry: a lock is held, a time limit passed.</summary>
    TemporaryFailure = 75,

    /// <summary>So few rows that some are not there yet: ask again in a few minutes.</summary>
    NotThereYet = 76,

    NoPermission = 77,

    /// <summary>The spec, the package or the installation is wrong.</summary>
    BadConfiguration = 78,

    /// <summary>All is well and there is nothing to do, for example no rows to score.</summary>
    NothingToDo = 99,

    /// <summary>Stopped by SIGTERM, cleaned up.</summary>
    Stopped = 143,
}
