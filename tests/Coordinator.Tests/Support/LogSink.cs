using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Maml.Cluster.Coordinator.Tests.Support;

/// <summary>Keeps log lines for tests to look at.</summary>
internal sealed class LogSink : ILoggerProvider, ILogger
{
    private const int MaximumLines = 20_000;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<string> _faults = new();

    /// <summary>Lines at Error or above, or with an exception.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    private TaskCompletionSource _written = NewSignal();

    public string Text => string.Join('\n', _lines);

    /// <summary>Waits until a line holds a text; fails the test when that takes half a minute.</summary>
    public async Task WaitForAsync(string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!_lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
        {
            Task written = _written.Task;
            if (_lines.Any(line => line.Contains(text, StringComparison.Ordinal))) return;
            await written.WaitAsync(limit.Token);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string line = $"{logLevel} {eventId.Id}: {formatter(state, exception)} {exception}";
        _lines.Enqueue(line);

        // Tests that provoke a great many lines look at the faults.
        if (_lines.Count > MaximumLines) _lines.TryDequeue(out _);
        if (exception is not null || logLevel >= LogLevel.Error) _faults.Enqueue(line);
        Interlocked.Exchange(ref _written, NewSignal()).TrySetResult();
    }

    public void Dispose()
    {
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
