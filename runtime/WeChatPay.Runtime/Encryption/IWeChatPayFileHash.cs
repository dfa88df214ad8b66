namespace WeChatPay;

/// <summary>The hash of a file that is being read, by an algorithm that an <see cref="IAlgorithmSuite"/> brings. Not for several threads.</summary>
public interface IWeChatPayFileHash : IDisposable
{
    /// <summary>The length of the hash in bytes.</summary>
    int Length { get; }

    /// <summary>Takes the next bytes of the file.</summary>
    /// <param name="bytes">The bytes.</param>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>The hash of all that was appended. Called once.</summary>
    /// <returns><see cref="Length"/> bytes.</returns>
    byte[] Finish();
}
