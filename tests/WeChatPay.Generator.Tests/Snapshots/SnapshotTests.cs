namespace WeChatPay.Generator.Tests.Snapshots;

/// <summary>A few chosen outputs, whole: what they look like is under review.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void Post_with_nested_enumerated_and_encrypted_members()
        => SnapshotVerifier.Verify(GeneratorHarness.Run(Samples.Loans).SourceOf("v3.library.loans"));

    [Fact]
    public void Get_with_path_and_query_beside_delete()
        => SnapshotVerifier.Verify(GeneratorHarness.Run(Samples.LoanNo).SourceOf("v3.library.loans.loan-no.loan_no"));

    [Fact]
    public void Full_form_without_declared_optionality()
        => SnapshotVerifier.Verify(GeneratorHarness.Run(Samples.Readers).SourceOf("v3.library.readers"));

    [Fact]
    public void Notification_with_variant()
        => SnapshotVerifier.Verify(GeneratorHarness.Run(Samples.LoanClosed).SourceOf("webhook.v3.LOAN.CLOSED"));

    [Fact]
    public void Notification_of_APIv2_with_variant()
        => SnapshotVerifier.Verify(GeneratorHarness.Run(Samples.ParcelSigned).SourceOf("webhook.v2.PARCEL.SIGNED"));

    [Fact]
    public void Client_tree()
        => SnapshotVerifier.Verify(GeneratorHarness.Run(Samples.All).Tree);
}
