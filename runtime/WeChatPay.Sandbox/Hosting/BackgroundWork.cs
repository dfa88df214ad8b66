namespace WeChatPay.Sandbox;

/// <summary>Work that goes on beside requests and ends with the gateway.</summary>
internal sealed class BackgroundWork : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Task> _running = [];
    private bool _isStopped;

    public void Run(Func<CancellationToken, Task> work)
    {
        lock (_running)
        {
            if (_isStopped)
                return;

            var task = Task.Run(() => RunAsync(work), CancellationToken.None);
            _running.Add(task);
            _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    public async Task StopAsync()
    {
        Task[] running;
        lock (_running)
        {
            _isStopped = true;
            running = [.. _running];
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(false);
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    private void Forget(Task task)
    {
        lock (_running)
            _running.Remove(task);
    }
}
