using System.Runtime.CompilerServices;

namespace WeChatPay.Specs.Text;

/// <summary>
/// For methods that walk over characters. A build on the command line reads every file once, in a process that has compiled nothing yet: such a
/// method would be compiled plainly, then with counters, then for good. Marked, it is compiled for good at once.
/// </summary>
internal static class HotPath
{
    /// <summary><c>AggressiveOptimization</c>, which netstandard2.0 does not name; runtimes that do not know it ignore it.</summary>
    public const MethodImplOptions Optimized = (MethodImplOptions)512;
}
