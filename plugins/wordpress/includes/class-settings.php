<?php
/**
 * The settings: where the service is, how to speak to it.
 *
 * @package Quote_Attribution
 */

namespace Quote_Attribution;

/**
 * One option with three values. Only an administrator sets them: the URL may name a private address.
 */
final class Settings {

	const OPTION   = 'quote_attribution';
	const DEFAULTS = array(
		'url'     => '',
		'key'     => '',
		'timeout' => 10,
	);

	/**
	 * Return the settings; `timeout` is in seconds.
	 *
	 * @return array{url: string, key: string, timeout: int}
	 */
	public static function all(): array {
		return wp_parse_args( (array) get_option( self::OPTION, array() ), self::DEFAULTS );
	}

	/**
	 * Return what may be stored of what was typed. A key that is left empty stays as it is; a tick forgets it.
	 *
	 * @param mixed $typed The form's values, or settings that were cleaned before.
	 */
	public static function clean( $typed ): array {
		$typed = (array) $typed;
		$key   = trim( (string) ( $typed['key'] ?? '' ) );
		if ( '' === $key && empty( $typed['forget_key'] ) ) {
			$key = self::all()['key'];
		}
		return array(
			'url'     => untrailingslashit( esc_url_raw( trim( (string) ( $typed['url'] ?? '' ) ), array( 'http', 'https' ) ) ),
			'key'     => preg_replace( '/[^\x21-\x7e]/', '', $key ),
			'timeout' => max( 1, min( 60, (int) ( $typed['timeout'] ?? self::DEFAULTS['timeout'] ) ) ),
		);
	}
}
