sv-joint-title = Solicitar en común
sv-joint-lead = { $least ->
    [0] { $most ->
        [one] Otra persona puede solicitarlo con usted.
       *[other] Hasta { $most } personas pueden solicitarlo con usted.
    }
   *[other] { $most ->
        [one] Otra persona lo solicita con usted.
       *[other] Al menos { $least } y como máximo { $most } personas lo solicitan con usted.
    }
} Cada una debe decirlo por sí misma antes de que se conceda. Leen todas las respuestas y reciben la decisión.
sv-joint-name = Nombre
sv-joint-email = Correo electrónico
sv-joint-email-hint = Allí llega un enlace propio. Vacío: confirma en ventanilla.
sv-joint-add = Añadir a esta persona
sv-joint-drop = Quitar
sv-joint-asked = sin confirmar
sv-joint-confirmed = también solicita
sv-joint-declined = no solicita
sv-joint-counter = confirma en ventanilla
sv-joint-by-counter = confirmado en ventanilla, anotado por { $by }
sv-joint-ask = Se le ha nombrado como persona que también solicita. Lea las respuestas de abajo y diga si es así.
sv-joint-ask-again = Dijo que no solicita. Si no es así, dígalo aquí; entonces podrá leer toda la solicitud.
sv-joint-ask-over = Está decidida o retirada; ya no hay nada que decir.
sv-joint-answers = Lo que se respondió
sv-joint-yes = Sí, también solicito
sv-joint-no = No, no solicito
sv-joint-here = Está aquí y lo confirma
sv-joint-most = Cuántas personas más pueden solicitar en común
sv-joint-most-hint = 0: cada persona solicita sola. Como máximo 10.
sv-joint-least = Cuántas personas más deben hacerlo
sv-step-joint-confirmed = También solicita
sv-step-joint-declined = No solicita
sv-step-joint-answered = Cambió lo que respondió quien solicita en común
sv-flash-joint-confirmed = Anotado: también solicita.
sv-flash-joint-declined = Anotado: no solicita.
sv-letter-joint-subject = { $service }: ¿solicita usted también? ({ $code })
sv-letter-joint-body =
    { $name }:

    una solicitud de «{ $service }» a { $town } le nombra como persona que también solicita. Referencia: { $code }

    Léala y diga hasta el { $until } si es así con este enlace privado. No lo comparta. Cuando haya dicho que sí, las cartas y la decisión también le llegarán:
    { $link }
refusal-joint-numbers = Escriba cuántas personas más pueden solicitar en común: de 0 a { $most }, y no menos de las que deben.
refusal-joint-many = Como máximo { $most } personas pueden solicitarlo con usted.
refusal-joint-name = Escriba un nombre, de { $most } caracteres como máximo.
refusal-joint-email = Escriba un correo, como nombre@example.org, o déjelo vacío.
refusal-joint-few = Al menos { $least } personas deben solicitarlo con usted: añádalas.
refusal-joint-over = Está resuelta o retirada; ya no se puede cambiar.
refusal-joint-open = Aún no se puede conceder: antes deben decir que también solicitan: { $names }.
refusal-joint-declined = No se puede conceder: han dicho que no solicitan: { $names }.
sv-joint-each = Qué se pregunta también a cada una
sv-joint-each-hint = Una página del formulario que cada persona responde por sí misma antes de confirmar. No una página con fotos, sumas, varias entradas o una condición.
sv-joint-each-none = Nada
sv-joint-each-lead = Esto se pregunta a todas las personas que solicitan: respóndalo por usted. Lo leen quienes solicitan con usted y la oficina.
sv-joint-each-clerk = Usted escribe por la persona que tiene delante. Se ha identificado y ha leído las respuestas.
sv-joint-each-answers = Lo que respondió
refusal-joint-page = A cada persona se le pregunta una página del formulario que exista, sin fotos, sumas, varias entradas ni condición. Elija otra, o nada, entre los textos del servicio.
sv-joint-expired = la invitación ha caducado
sv-joint-until = con invitación hasta el { $date }
sv-joint-again = Enviar un enlace nuevo
sv-flash-joint-again = Un enlace nuevo está en camino. El anterior ya no abre nada.
refusal-joint-expired = Esta invitación ha caducado. Pida a quien le nombró que la envíe de nuevo desde la página de la solicitud, o confirme en la ventanilla.
refusal-joint-again = No se puede enviar un enlace nuevo a esta persona: dijo que no solicita, no tiene aquí dirección de correo, o la solicitud está resuelta o retirada. En la ventanilla aún puede decir lo que vale.
refusal-joint-soon = En la última hora ya se envió un enlace a esta persona. Espere un poco antes de enviar otro.
sv-letter-joint-link-subject = { $service }: su enlace a { $code }
sv-letter-joint-link-body =
    { $name }:

    quien solicita con usted «{ $service }» ({ $code }) ha pedido que le enviemos un enlace privado nuevo. El anterior ya no abre nada. No lo comparta:
    { $link }
sv-letter-answered-subject = { $service }: se cambiaron respuestas en { $code }
sv-letter-answered-body =
    Se respondió de nuevo a preguntas de la solicitud { $code } («{ $service }») a { $town }. Usted también la presenta, por eso se le avisa:

    { $text }

    Las respuestas están en la página de su enlace privado. Quien dijo que también presenta la solicitud la presenta desde ahora con estas respuestas, salvo que diga antes de la decisión que no.
sv-letter-moved-subject = { $service }: las cartas sobre { $code } van a otra dirección
sv-letter-moved-body =
    Se dio otra dirección de correo para la solicitud { $code } («{ $service }») a { $town }. Desde ahora las cartas van allí, y ya no a esta dirección.

    Si no fue usted, avise enseguida a la oficina e indique la referencia.
refusal-answers-email = Solo la primera persona solicitante puede cambiar la dirección de correo. Déjela como estaba, o que ella envíe las respuestas.
