package cloud.bevy.doors.aws;

import cloud.bevy.cluster.cloud.Cloud;
import cloud.bevy.doors.aws.Authenticator.SigningContext;
import java.util.Optional;

/// Whose cloud a request is for, how its body is protected, and who makes it.
///
/// @param signing what the chunks of its body are signed with
record Admission(
    Cloud cloud, PayloadKind payload, Optional<SigningContext> signing, Caller caller) {}
