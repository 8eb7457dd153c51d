using System.Runtime.InteropServices;

namespace Trainyard.Hosting;

/// <summary>All signals that ask a program to end mean the same: stop, clean up, 143. A terminal that is closed sends
/// SIGHUP, a service manager SIGTERM, a person SIGINT or SIGQUIT.</summary>
internal sealed class Signals : IDisposable
{
    private static readonly PosixSignal[] All =
    [
        PosixSignal.SIGTERM,
        PosixSignal.SIGINT,
        PosixSignal.SIGHUP,
        PosixSignal.SIGQUIT,
    ];

    private readonly PosixSignalRegistration[] _registrations;

    public Signals(Action stop) =>
        _registrations = [
            .. All.Select(signal =>
                PosixSignalRegistration.Create(
                    signal,
                    context =>
                    {
                        context.Cancel = true;
                        stop();
                    }
                )
            ),
        ];

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }
    }
}
