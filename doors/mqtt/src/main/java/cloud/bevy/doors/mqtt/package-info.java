@NullMarked
package cloud.bevy.doors.mqtt;

import org.jspecify.annotations.NullMarked;
