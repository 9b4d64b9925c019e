<?php
/**
 * Asks the service.
 *
 * @package Quote_Attribution
 */

namespace Quote_Attribution;

/**
 * Speaks HTTP with the service, and leaves it alone while it is busy.
 */
final class Service {

	const BUSY_UNTIL   = 'quote_attribution_busy_until';
	const LONGEST_WAIT = 300;

	/**
	 * Return the service's answer to an article. Nothing is thrown: what goes wrong is a problem (RFC 9457) as `body`.
	 *
	 * @param array  $article As `POST /v1/quotes` takes it.
	 * @param string $accept  The form of the answer, one that is JSON.
	 * @return array{status: int, retry_after: ?int, body: object}
	 */
	public static function ask( array $article, string $accept = 'application/json' ): array {
		$settings = Settings::all();
		if ( '' === $settings['url'] ) {
			return self::problem( 502, __( 'The address of the quotation service is not set.', 'quote-attribution' ) );
		}
		$wait = (int) get_transient( self::BUSY_UNTIL ) - time();
		if ( $wait > 0 ) {
			return self::problem( 503, __( 'The quotation service is busy.', 'quote-attribution' ), $wait );
		}
		// Not wp_safe_remote_post(): it refuses private addresses and ports, where this service lives.
		return self::read( wp_remote_post( $settings['url'] . '/v1/quotes', self::request( $article, $accept, $settings ) ) );
	}

	/**
	 * Return the arguments of the request.
	 *
	 * @param array  $article  The article.
	 * @param string $accept   The form of the answer.
	 * @param array  $settings The settings.
	 */
	private static function request( array $article, string $accept, array $settings ): array {
		$headers = array(
			'Content-Type'  => 'application/json',
			'Accept'        => $accept . ', application/problem+json',
			'Cache-Control' => 'no-store',
		);
		if ( '' !== $settings['key'] ) {
			$headers['Authorization'] = 'Bearer ' . $settings['key'];
		}
		return array(
			'timeout'     => (int) $settings['timeout'],
			'redirection' => 0,
			'headers'     => $headers,
			'body'        => wp_json_encode( $article, JSON_INVALID_UTF8_SUBSTITUTE ),
		);
	}

	/**
	 * Return a response as status, wait and body; remember how long a busy service wants to be left alone.
	 *
	 * @param array|\WP_Error $response The response of WordPress's HTTP client.
	 */
	private static function read( $response ): array {
		if ( is_wp_error( $response ) ) {
			return self::problem( 502, __( 'The quotation service cannot be reached.', 'quote-attribution' ) );
		}
		$status = (int) wp_remote_retrieve_response_code( $response );
		$body   = json_decode( wp_remote_retrieve_body( $response ) );
		if ( 401 === $status || 403 === $status ) {
			return self::problem( 502, __( 'The quotation service refuses the key.', 'quote-attribution' ) );
		}
		$wait = self::retry_after( $status, (string) wp_remote_retrieve_header( $response, 'retry-after' ) );
		if ( null !== $wait ) {
			set_transient( self::BUSY_UNTIL, time() + $wait, $wait );
		}
		if ( ! is_object( $body ) || ( 200 !== $status && ! isset( $body->title ) ) ) {
			return self::problem( 200 === $status ? 502 : $status, __( 'The quotation service gave no answer that can be read.', 'quote-attribution' ), $wait );
		}
		return array(
			'status'      => $status,
			'retry_after' => $wait,
			'body'        => $body,
		);
	}

	/**
	 * Return the seconds to wait that a busy service asks for, a number or a date; null if it asks for none.
	 *
	 * @param int    $status The response's status.
	 * @param string $value  The header `Retry-After`.
	 */
	private static function retry_after( int $status, string $value ): ?int {
		if ( '' === $value || ! in_array( $status, array( 429, 503 ), true ) ) {
			return null;
		}
		$seconds = ctype_digit( $value ) ? (int) $value : (int) strtotime( $value ) - time();
		return max( 1, min( self::LONGEST_WAIT, $seconds ) );
	}

	/**
	 * Return an answer that says what is wrong.
	 *
	 * @param int      $status HTTP status.
	 * @param string   $title  What is wrong, for people.
	 * @param int|null $wait   Seconds after which to come back.
	 */
	private static function problem( int $status, string $title, ?int $wait = null ): array {
		return array(
			'status'      => $status,
			'retry_after' => $wait,
			'body'        => (object) array(
				'type'   => 'about:blank',
				'title'  => $title,
				'status' => $status,
			),
		);
	}
}
