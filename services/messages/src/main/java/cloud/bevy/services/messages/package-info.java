@NullMarked
package cloud.bevy.services.messages;

import org.jspecify.annotations.NullMarked;
